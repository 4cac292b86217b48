/// How a computation ended. The library reports by value: it never throws, prints or aborts.
#pragma once

#include <cstddef>
#include <cstdint>

#include <saddle/lane/isa.hpp>

namespace saddle::inline SADDLE_ISA {

enum class status : std::uint8_t {
  ok = 0,            ///< did what was asked: all steps taken, system solved
  converged = 1,     ///< the residual fell to the tolerance
  not_converged = 2, ///< the cap was reached first; the iterate is finite
  diverged = 3,      ///< the residual grew past the divergence limit
  non_finite = 4,    ///< an iterate or residual is NaN or infinite
  singular = 5,      ///< a linear system had no usable pivot
  unsolved = 6,      ///< the equation inside a step (implicit) was singular, indefinite or beyond its iteration cap
  bad_argument = 7,  ///< an argument makes no sense: negative tolerance, zero interval, span too short
};

constexpr const char* to_string(status s) noexcept {
  switch (s) {
  case status::ok: return "ok";
  case status::converged: return "converged";
  case status::not_converged: return "not converged";
  case status::diverged: return "diverged";
  case status::non_finite: return "non-finite";
  case status::singular: return "singular";
  case status::unsolved: return "inner equation unsolved";
  case status::bad_argument: return "bad argument";
  }
  return "unknown status";
}

/// One value for each game of a lane. With one game it converts to that value.
template <class T, std::size_t Width> struct per_lane {
  T of[Width]{};

  constexpr T& operator[](std::size_t i) noexcept { return of[i]; }
  constexpr const T& operator[](std::size_t i) const noexcept { return of[i]; }
  static constexpr std::size_t size() noexcept { return Width; }
  constexpr operator T() const noexcept requires(Width == 1) { return of[0]; }
};

} // namespace saddle::inline SADDLE_ISA
