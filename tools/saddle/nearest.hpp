/// "Did you mean …": the known word closest to one that is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tool {

/// The nearest of `known` by edit distance, or nothing when none is close.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

/// `; did you mean 'X'?`, or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

} // namespace tool
