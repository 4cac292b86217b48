/// What the library was built with, as values: names and dimensions of the registry.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

/// Names of all registered rules, in the order of their ids.
const std::vector<std::string_view>& dynamics_names();

/// Whether a rule has a second parameter.
bool has_gamma(std::string_view rule);

/// The (P, Q) a game may have.
const std::vector<std::pair<std::size_t, std::size_t>>& dimensions();

/// "1x1, 2x2, …"
std::string dimensions_text();

/// The instruction set this program was compiled for, such as "avx512".
std::string_view isa();

/// Those that it can run on: its own, and what saddle::kernels has for this machine where it has that library. Best first.
const std::vector<std::string_view>& isas();

} // namespace tool
