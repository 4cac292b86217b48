#pragma once

namespace bench::step {

/// Enters the compiled kernels of every instruction set that this machine runs, where saddle_batch plays.
void enter_kernels();

} // namespace bench::step
