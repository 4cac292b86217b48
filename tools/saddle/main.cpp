// saddle: look at saddle-point dynamics from the command line.
#include "commands.hpp"

int main(int argc, char** argv) { return tool::command_line(argc, argv); }
