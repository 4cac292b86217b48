#include <saddle/saddle.hpp>
int main() { return saddle::games::bilinear(2, 3) == 6 ? 0 : 1; }
