// The CUDA backend. Nothing of it is linked: libcuda and libcublasLt are found at run time, the
// kernels are compiled where nvcc is present at build time and lie in the program.
#pragma once

#include "base/core/result.h"
#include "tensor/backend.h"

namespace tensor {

// The backend of the first device, made at the first call; never destroyed. An error says what is
// missing: the kernels in this build, a driver, a device, cuBLASLt. Thread-safe; the backend itself
// is used from one thread at a time.
//
// Tensors get there with upload() and back with to_host(). Operators whose kernel does not exist
// yet (convolutions, group norm, neighbourhood attention, most of layout.h) compute on the host.
base::Result<Backend*> cuda_backend();

}  // namespace tensor
