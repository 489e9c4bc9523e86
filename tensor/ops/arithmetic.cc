#include "tensor/ops/arithmetic.h"

#include "base/core/check.h"
#include "tensor/backend.h"
#include "tensor/ops/row_map.h"

namespace tensor {
namespace {

void same_shape(const Tensor& a, const Tensor& b) {
    CHECK(a.shape() == b.shape(), "shapes " + a.shape().text() + " and " + b.shape().text());
}

void vector_for(const Tensor& x, const Tensor& v) {
    CHECK(!v.defined() || (v.elements() == x.dim(-1)), "a vector of the innermost axis");
}

}  // namespace

Tensor add(const Tensor& a, const Tensor& b) { return axpby(1, a, 1, b); }

void add_inplace(Tensor& x, const Tensor& y) {
    same_shape(x, y);
    backend_of(x).axpby(1, x, 1, y, x);
}

void add_vector_inplace(Tensor& x, const Tensor& v) {
    vector_for(x, v);
    backend_of(x).affine(x, {}, v, x);
}

Tensor multiply(const Tensor& a, const Tensor& b) {
    same_shape(a, b);
    Tensor z = backend_of(a).make(a.shape(), DType::F32);
    backend_of(a).multiply(a, b, z);
    return z;
}

Tensor scale(const Tensor& x, float factor) { return axpby(factor, x, 0, x); }

Tensor axpby(float a, const Tensor& x, float b, const Tensor& y) {
    same_shape(x, y);
    Tensor z = backend_of(x).make(x.shape(), DType::F32);
    backend_of(x).axpby(a, x, b, y, z);
    return z;
}

Tensor affine(const Tensor& x, const Tensor& s, const Tensor& t) {
    vector_for(x, s);
    vector_for(x, t);
    Tensor y = backend_of(x).make(x.shape(), DType::F32);
    backend_of(x).affine(x, s, t, y);
    return y;
}

void check_row_map(const Tensor& x, const Tensor& table, const RowMap& map) {
    CHECK(x.rank() == 3, "[B,T,D] with a table by rows");
    CHECK(table.rank() == 2 && table.dim(1) == x.dim(2),
          "a table [R,D], not " + table.shape().text());
    if (map.rows.defined()) {
        CHECK(map.rows.elements() == x.dim(0) * x.dim(1), "a row for every token");
        if (!map.rows.device()) {
            for (int64_t i = 0; i < map.rows.elements(); ++i) {
                CHECK(map.rows.i32()[i] >= 0 && map.rows.i32()[i] < table.dim(0),
                      "row out of range");
            }
        }
    } else {
        CHECK(table.dim(0) == 1 || table.dim(0) == x.dim(0),
              "one row, or one for each batch entry");
    }
}

void gated_add_inplace(Tensor& x, const Tensor& gate, const RowMap& map, const Tensor& y) {
    same_shape(x, y);
    check_row_map(x, gate, map);
    backend_of(x).gated_add(x, gate, map, y);
}

void scale_heads_inplace(Tensor& x, const Tensor& g) {
    CHECK(x.rank() == 4 && g.elements() == x.shape().product(0, 3), "a factor per token and head");
    backend_of(x).scale_heads(x, g);
}

}  // namespace tensor
