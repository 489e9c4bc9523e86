#include "tensor/ops/audio.h"

#include "base/core/check.h"
#include "tensor/backend.h"

namespace tensor {

Tensor snake(const Tensor& x, const SnakeOptions& o) {
    CHECK(x.rank() == 3 && x.dim(1) >= 1, "a signal [B,L,C], not " + x.shape().text());
    CHECK(o.alpha.elements() == x.dim(2) && o.beta.elements() == x.dim(2), "alpha and beta [C]");
    const int64_t taps = o.up.elements();
    CHECK(taps == o.down.elements() && taps >= 4 && taps <= 64 && taps % 2 == 0,
          "two filters of an even number of taps, 4 to 64");
    Tensor y = backend_of(x).make(x.shape(), DType::F32);
    backend_of(x).snake(x, o, y);
    return y;
}

Tensor magnitude(const Tensor& x) {
    CHECK(x.rank() >= 1 && x.dim(-1) % 2 == 0, "real and imaginary halves");
    Shape shape = x.shape();
    shape.set(-1, x.dim(-1) / 2);
    Tensor y = backend_of(x).make(shape, DType::F32);
    backend_of(x).magnitude(x, y);
    return y;
}

Tensor log_floor(const Tensor& x, float floor) {
    CHECK(floor > 0, "a positive floor");
    Tensor y = backend_of(x).make(x.shape(), DType::F32);
    backend_of(x).log_floor(x, floor, y);
    return y;
}

}  // namespace tensor
