#include "tensor/ops/activation.h"

#include "base/core/check.h"
#include "tensor/backend.h"

namespace tensor {

Tensor activate(const Tensor& x, Activation kind) {
    Backend& backend = backend_of(x);
    Tensor y = backend.make(x.shape(), DType::F32);
    backend.activate(x, kind, y);
    return y;
}

void activate_inplace(Tensor& x, Activation kind) {
    if (kind != Activation::None) backend_of(x).activate(x, kind, x);
}

Tensor gated(const Tensor& gate, const Tensor& up, Activation kind) {
    CHECK(gate.shape() == up.shape(), "gate " + gate.shape().text() + ", up " + up.shape().text());
    Backend& backend = backend_of(gate);
    Tensor y = backend.make(gate.shape(), DType::F32);
    backend.gated(gate, up, kind, y);
    return y;
}

}  // namespace tensor
