/// The kernels of one spectral estimate on one instruction set. Included by one object only.
#pragma once

#include <iterator>

#include <saddle/engine/spectra.hpp>

#include "abi.hpp"

namespace saddle::inline SADDLE_ISA::kernel {

template <class Estimate, class T, std::size_t N> struct spectrum_kernel {
  static constexpr std::size_t values = Estimate::template values<N>;

  static saddle_status compute(const saddle_spectral_call* c) noexcept {
    spectral_report out;
    if (c->report != nullptr) {
      // A status is one byte on both sides.
      if (c->report->status) out.status = {reinterpret_cast<status*>(c->report->status), c->count};
      if (c->report->iterations) out.iterations = {c->report->iterations, c->count};
    }
    // Read only: the layout has no type of its own for blocks that are not written.
    auto* matrices = const_cast<T*>(static_cast<const T*>(c->matrices));
    return static_cast<saddle_status>(spectrum_of_each(Estimate{}, blocks<mat<T, N, N>>{matrices, c->count},
                                                       blocks<vec<T, values>>{static_cast<T*>(c->values), c->count},
                                                       out));
  }
};

template <class Estimate, class T, std::size_t N>
constexpr saddle_spectral_kernel spectral_entry(int id, saddle_scalar scalar) noexcept {
  using K = spectrum_kernel<Estimate, T, N>;
  return {static_cast<std::uint16_t>(id), static_cast<std::uint8_t>(N), static_cast<std::uint8_t>(scalar),
          static_cast<std::uint32_t>(K::values), &K::compute};
}

} // namespace saddle::inline SADDLE_ISA::kernel
