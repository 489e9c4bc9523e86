#include "tensor/backend.h"

namespace tensor {
namespace {
thread_local Backend* scoped = nullptr;
}

Backend& backend_of(const Tensor& x) {
    if (x.device()) return *x.device();
    return scoped ? *scoped : cpu_backend();
}

ScopedHostBackend::ScopedHostBackend(Backend& backend) : previous_(scoped) { scoped = &backend; }
ScopedHostBackend::~ScopedHostBackend() { scoped = previous_; }

}  // namespace tensor
