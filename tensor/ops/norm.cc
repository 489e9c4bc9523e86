#include "tensor/ops/norm.h"

#include "base/core/check.h"
#include "tensor/backend.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/row_map.h"

namespace tensor {

namespace {
void check_norm(const Tensor& x, const NormOptions& o) {
    CHECK(!o.weight.defined() || o.weight.elements() == x.dim(-1), "norm weight [D]");
    CHECK(!o.bias.defined() || o.bias.elements() == x.dim(-1), "norm bias [D]");
    if (o.modulation.scale.defined()) check_row_map(x, o.modulation.scale, o.modulation.map);
    if (o.modulation.shift.defined()) check_row_map(x, o.modulation.shift, o.modulation.map);
}
}  // namespace

Tensor norm(const Tensor& x, const NormOptions& o) {
    check_norm(x, o);
    Tensor y = backend_of(x).make(x.shape(), DType::F32);
    backend_of(x).norm(x, o, y);
    return y;
}

Tensor norm_after(const Tensor& before, const Tensor& x, const NormOptions& o) {
    CHECK(x.rank() >= 3 && before.rank() == x.rank(), "two clips [B,T,..,D]");
    for (int axis = 0; axis < x.rank(); ++axis) {
        CHECK(axis == 1 || before.dim(axis) == x.dim(axis), "clips that differ in length only");
    }
    if (x.dim(0) != 1) return concat(std::vector<Tensor>{before, norm(x, o)}, 1);
    check_norm(x, o);
    const int64_t front = before.dim(1), back = x.dim(1);
    Shape shape = x.shape();
    shape.set(1, front + back);
    Tensor y = backend_of(x).make(shape, DType::F32);
    Shape frames(shape.dims().subspan(1));
    const auto part = [&](int64_t begin, int64_t end, const Shape& like) {
        return y.reshape(frames).rows(begin, end).reshape(like);
    };
    Tensor head = part(0, front, before.shape()), tail = part(front, front + back, x.shape());
    backend_of(x).slice(before, 1, 0, head);
    backend_of(x).norm(x, o, tail);
    return y;
}

Tensor rms_norm(const Tensor& x, float eps, const Tensor& weight) {
    return norm(x, {.kind = NormKind::Rms, .eps = eps, .weight = weight});
}

Tensor layer_norm(const Tensor& x, float eps, const Tensor& weight, const Tensor& bias) {
    return norm(x, {.kind = NormKind::Layer, .eps = eps, .weight = weight, .bias = bias});
}

Tensor modulate(const Tensor& x, const Modulation& m) {
    if (m.scale.defined()) check_row_map(x, m.scale, m.map);
    if (m.shift.defined()) check_row_map(x, m.shift, m.map);
    Tensor y = backend_of(x).make(x.shape(), DType::F32);
    backend_of(x).modulate(x, m, y);
    return y;
}

Tensor group_norm(const Tensor& x, int groups, float eps, const Tensor& weight,
                  const Tensor& bias) {
    CHECK(x.rank() >= 2 && groups >= 1 && x.dim(-1) % groups == 0, "channels in whole groups");
    CHECK(weight.elements() == x.dim(-1) && bias.elements() == x.dim(-1),
          "group norm weight and bias [C]");
    Tensor y = backend_of(x).make(x.shape(), DType::F32);
    backend_of(x).group_norm(x, groups, eps, weight, bias, y);
    return y;
}

}  // namespace tensor
