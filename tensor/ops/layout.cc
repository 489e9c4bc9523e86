#include "tensor/ops/layout.h"

#include "base/core/check.h"
#include "tensor/backend.h"

namespace tensor {

Tensor permute(const Tensor& x, std::initializer_list<int> axes) {
    CHECK(static_cast<int>(axes.size()) == x.rank(), "every axis once");
    Shape shape;
    uint32_t seen = 0;
    for (const int a : axes) {
        CHECK(a >= 0 && a < x.rank() && !(seen & (1u << a)), "every axis once");
        seen |= 1u << a;
        shape.append(x.dim(a));
    }
    Tensor y = backend_of(x).make(shape, x.dtype());
    backend_of(x).permute(x, {axes.begin(), axes.size()}, y);
    return y;
}

Tensor concat(std::span<const Tensor> parts, int axis) {
    CHECK(!parts.empty(), "something to join");
    Shape shape = parts[0].shape();
    if (axis < 0) axis += shape.rank();
    int64_t total = 0;
    for (const Tensor& p : parts) {
        Shape s = p.shape();
        CHECK(s.rank() == shape.rank() && p.dtype() == parts[0].dtype(), "parts of one kind");
        total += s[axis];
        s.set(axis, shape[axis]);
        CHECK(s == shape, "parts " + p.shape().text() + " and " + shape.text());
    }
    shape.set(axis, total);
    Tensor y = backend_of(parts[0]).make(shape, parts[0].dtype());
    backend_of(parts[0]).concat(parts, axis, y);
    return y;
}

Tensor slice(const Tensor& x, int axis, int64_t begin, int64_t end) {
    if (axis < 0) axis += x.rank();
    CHECK(axis >= 0 && axis < x.rank() && begin >= 0 && begin <= end && end <= x.dim(axis),
          "slice of " + x.shape().text() + " out of range");
    if (axis == 0) return x.rows(begin, end);
    Shape shape = x.shape();
    shape.set(axis, end - begin);
    Tensor y = backend_of(x).make(shape, x.dtype());
    backend_of(x).slice(x, axis, begin, y);
    return y;
}

std::vector<Tensor> chunk(const Tensor& x, int parts, int axis) {
    if (axis < 0) axis += x.rank();
    CHECK(parts >= 1 && x.dim(axis) % parts == 0, "equal parts of " + x.shape().text());
    const int64_t step = x.dim(axis) / parts;
    std::vector<Tensor> slices;
    for (int i = 0; i < parts; ++i) slices.push_back(slice(x, axis, i * step, (i + 1) * step));
    return slices;
}

Tensor pad(const Tensor& x, int axis, int64_t before, int64_t after, PadMode mode) {
    if (axis < 0) axis += x.rank();
    CHECK(axis >= 0 && axis < x.rank() && before >= 0 && after >= 0, "padding");
    if (before == 0 && after == 0) return x;
    CHECK(mode == PadMode::Zero || x.dim(axis) >= 1, "an edge to repeat");
    CHECK(mode != PadMode::Reflect || (before < x.dim(axis) && after < x.dim(axis)),
          "reflection reaches beyond " + x.shape().text());
    Shape shape = x.shape();
    shape.set(axis, x.dim(axis) + before + after);
    Tensor y = backend_of(x).make(shape, x.dtype());
    backend_of(x).pad(x, axis, before, after, mode, y);
    return y;
}

Tensor repeat(const Tensor& x, int axis, int64_t factor) {
    if (axis < 0) axis += x.rank();
    CHECK(axis >= 0 && axis < x.rank() && factor >= 1, "a factor of at least 1");
    if (factor == 1) return x;
    Shape shape = x.shape();
    shape.set(axis, x.dim(axis) * factor);
    Tensor y = backend_of(x).make(shape, x.dtype());
    backend_of(x).repeat(x, axis, factor, y);
    return y;
}

Tensor gather_rows(const Tensor& table, const Tensor& ids) {
    CHECK(table.rank() >= 1 && ids.rank() == 1 && ids.dtype() == DType::I32, "a table and i32 ids");
    if (!ids.device()) {
        for (int64_t i = 0; i < ids.elements(); ++i) {
            CHECK(ids.i32()[i] >= 0 && ids.i32()[i] < table.dim(0), "id out of range");
        }
    }
    Shape shape = table.shape();
    shape.set(0, ids.elements());
    Tensor y = backend_of(ids).make(shape, DType::F32);
    backend_of(ids).gather_rows(table, ids, y);
    return y;
}

}  // namespace tensor
