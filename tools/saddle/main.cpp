// saddle: look at saddle-point dynamics from the command line.
#include <string>

#include "commands.hpp"
#include "shipped.hpp"

int main(int argc, char** argv) {
  CLI::App app{"Saddle-point dynamics: what they do on your games, and how fast.", "saddle"};
  app.set_version_flag("--version", SADDLE_VERSION);
  app.require_subcommand(1);
  app.add_option_function<std::string>(
      "--isa",
      [](const std::string& name) {
        if (name != tool::isa())
          throw CLI::ValidationError("--isa", "this program is compiled for " + std::string(tool::isa()) +
                                                  " alone: the compiled kernels, which choose, are not linked");
      },
      "the instruction set to run on, from 'saddle list isas'");
  int exit_status = tool::good;
  tool::add_compare(app, exit_status);
  tool::add_list(app, exit_status);
  tool::add_run(app, exit_status);
  tool::add_spectrum(app, exit_status);
  tool::add_sweep(app, exit_status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) { return app.exit(e) == 0 ? tool::good : tool::bad_input; }
  return exit_status;
}
