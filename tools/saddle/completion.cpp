// Scripts for shells. Each is a table of words and a little of its shell's own language around it.
#include "completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tool {
namespace {

std::string in_quotes(const std::string& text) {
  std::string r = "'";
  for (const char c : text) {
    if (c == '\'') r += "'\\'";
    r += c == '\n' ? ' ' : c;
  }
  return r + "'";
}

// Words that may stand where an option may: of the command's own options, and of its argument.
std::vector<std::string> first_words(const completed_command& c) {
  std::vector<std::string> r;
  for (const completed_option& o : c.options) {
    const auto& words = o.names.empty() ? o.values : o.names;
    r.insert(r.end(), words.begin(), words.end());
  }
  return r;
}

std::vector<std::string> command_names(const std::vector<completed_command>& commands) {
  std::vector<std::string> r;
  for (std::size_t k = 1; k < commands.size(); ++k) r.push_back(commands[k].name);
  return r;
}

// A case for each option with words of its own: `command option) words`.
std::string cases(const std::vector<completed_command>& commands) {
  std::string r;
  for (const completed_command& c : commands)
    for (const completed_option& o : c.options) {
      if (o.flag || o.names.empty()) continue;
      std::vector<std::string> patterns;
      // Options of the program are known to every command.
      for (const std::string& name : o.names)
        patterns.push_back(fmt::format("'{}{}'", &c == &commands.front() ? "" : c.name + " ", name));
      if (&c == &commands.front())
        for (const std::string& name : o.names) patterns.push_back(fmt::format("*' {}'", name));
      r += fmt::format("    {}) words={} ;;\n", fmt::join(patterns, "|"),
                       in_quotes(fmt::format("{}", fmt::join(o.values, " "))));
    }
  for (std::size_t k = 1; k < commands.size(); ++k)
    r += fmt::format("    '{} '*) words={} ;;\n", commands[k].name,
                     in_quotes(fmt::format("{} {}", fmt::join(first_words(commands[k]), " "),
                                           fmt::join(first_words(commands.front()), " "))));
  return r + fmt::format("    *) words={} ;;\n", in_quotes(fmt::format("{} {}", fmt::join(command_names(commands), " "),
                                                                       fmt::join(first_words(commands.front()), " "))));
}

// The command is the first word that is one; the option before the cursor decides what may follow.
std::string for_bash(const std::vector<completed_command>& commands) {
  return fmt::format(R"(# saddle: completion for bash
_saddle() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command='' word words=''
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in {}) command=$word; break ;; esac
  done
  case "${{command:+$command }}$before" in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _saddle saddle
)",
                     fmt::join(command_names(commands), "|"), cases(commands));
}

// zsh runs scripts of bash for completion.
std::string for_zsh(const std::vector<completed_command>& commands) {
  return "#compdef saddle\nautoload -U +X bashcompinit && bashcompinit\n" + for_bash(commands);
}

std::string for_fish(const std::vector<completed_command>& commands) {
  std::string r = "# saddle: completion for fish\n";
  for (std::size_t k = 1; k < commands.size(); ++k)
    r += fmt::format("complete -c saddle -n __fish_use_subcommand -f -a {} -d {}\n", commands[k].name,
                     in_quotes(commands[k].about));
  for (const completed_command& c : commands) {
    const bool program = &c == &commands.front();
    const std::string where = program ? "" : fmt::format(" -n '__fish_seen_subcommand_from {}'", c.name);
    for (const completed_option& o : c.options) {
      const std::string values =
          o.values.empty() ? "" : fmt::format(" -f -a {}", in_quotes(fmt::format("{}", fmt::join(o.values, " "))));
      if (o.names.empty() && values.empty()) continue;
      std::string names;
      for (const std::string& name : o.names)
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      r += fmt::format("complete -c saddle{}{}{}{} -d {}\n", where, names, o.flag || o.names.empty() ? "" : " -r",
                       values, in_quotes(o.about));
    }
  }
  return r;
}

} // namespace

std::string completion_script(const std::string& shell, const std::vector<completed_command>& commands) {
  return shell == "bash" ? for_bash(commands) : shell == "zsh" ? for_zsh(commands) : for_fish(commands);
}

} // namespace tool
