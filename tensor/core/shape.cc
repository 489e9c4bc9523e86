#include "tensor/core/shape.h"

#include <algorithm>

#include "base/core/check.h"

namespace tensor {

Shape::Shape(std::initializer_list<int64_t> dims)
    : Shape(std::span<const int64_t>(dims.begin(), dims.size())) {}

Shape::Shape(std::span<const int64_t> dims) {
    for (const int64_t d : dims) append(d);
}

void Shape::append(int64_t size) {
    CHECK(rank_ < kMaxRank, "rank beyond 8");
    CHECK(size >= 0, "negative axis");
    dims_[rank_++] = size;
}

int64_t Shape::elements() const { return product(0, rank_); }

int64_t Shape::product(int begin, int end) const {
    int64_t n = 1;
    for (int i = begin; i < end; ++i) n *= dims_[i];
    return n;
}

std::string Shape::text() const {
    std::string text;
    for (int i = 0; i < rank_; ++i) {
        if (i > 0) text += 'x';
        text += std::to_string(dims_[i]);
    }
    return rank_ == 0 ? "scalar" : text;
}

bool Shape::operator==(const Shape& other) const {
    return rank_ == other.rank_ &&
           std::equal(dims_.begin(), dims_.begin() + rank_, other.dims_.begin());
}

}  // namespace tensor
