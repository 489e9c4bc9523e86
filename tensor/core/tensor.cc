#include "tensor/core/tensor.h"

#include <algorithm>
#include <cstring>

#include "base/core/check.h"
#include "tensor/core/encoding.h"
#include "tensor/core/memory.h"

namespace tensor {
namespace {

size_t checked_bytes(const Shape& shape, DType type) {
    const auto bytes = bytes_of(type, shape.elements());
    CHECK(bytes, "not a whole number of blocks: " + shape.text());
    return *bytes;
}

}  // namespace

Tensor::Tensor(Shape shape, DType type)
    : shape_(shape), type_(type), data_(allocate(checked_bytes(shape, type))) {}

Tensor::Tensor(Shape shape, DType type, std::shared_ptr<const std::byte> data, Backend* device)
    : shape_(shape), type_(type), data_(std::move(data)), device_(device) {
    checked_bytes(shape, type);
}

Tensor::Tensor(Shape shape, std::shared_ptr<const Encoding> encoding)
    : shape_(shape), type_(DType::Encoded), encoding_(std::move(encoding)) {}

Tensor Tensor::zeros(Shape shape) {
    Tensor t(shape);
    std::memset(t.raw(), 0, t.bytes());
    return t;
}

Tensor Tensor::full(Shape shape, float value) {
    Tensor t(shape);
    std::fill_n(t.f32(), t.elements(), value);
    return t;
}

Tensor Tensor::from(Shape shape, std::span<const float> values) {
    Tensor t(shape);
    CHECK(static_cast<int64_t>(values.size()) == t.elements(), "as many values as elements");
    std::copy(values.begin(), values.end(), t.f32());
    return t;
}

Tensor Tensor::from_i32(Shape shape, std::span<const int32_t> values) {
    Tensor t(shape, DType::I32);
    CHECK(static_cast<int64_t>(values.size()) == t.elements(), "as many values as elements");
    std::memcpy(t.raw(), values.data(), values.size_bytes());
    return t;
}

size_t Tensor::bytes() const { return checked_bytes(shape_, type_); }

float* Tensor::f32() {
    CHECK(defined() && type_ == DType::F32 && !device_, "an f32 tensor of the host");
    return reinterpret_cast<float*>(raw());
}
const float* Tensor::f32() const {
    CHECK(defined() && type_ == DType::F32 && !device_, "an f32 tensor of the host");
    return reinterpret_cast<const float*>(raw());
}
const int32_t* Tensor::i32() const {
    CHECK(defined() && type_ == DType::I32 && !device_, "an i32 tensor of the host");
    return reinterpret_cast<const int32_t*>(raw());
}

std::vector<float> Tensor::to_vector() const {
    CHECK(!device_, "a tensor of the host");
    std::vector<float> values(static_cast<size_t>(elements()));
    widen_into(0, elements(), values.data());
    return values;
}

void Tensor::widen_into(int64_t first, int64_t count, float* target) const {
    CHECK(defined() && !device_ && first >= 0 && count >= 0 && first + count <= elements(),
          "elements of a tensor of the host");
    if (encoding_) return encoding_->widen(first_ + first, count, target);
    const auto begin = bytes_of(type_, first);
    CHECK(begin && bytes_of(type_, count), "whole blocks");
    widen(type_, raw() + *begin, count, target);
}

Tensor Tensor::reshape(std::initializer_list<int64_t> dims) const {
    int64_t known = 1;
    for (const int64_t d : dims) {
        if (d >= 0) known *= d;
    }
    Shape shape;
    for (const int64_t d : dims)
        shape.append(d >= 0 ? d : elements() / std::max<int64_t>(known, 1));
    return reshape(shape);
}

Tensor Tensor::reshape(const Shape& shape) const {
    CHECK(shape.elements() == elements(), "reshape " + shape_.text() + " to " + shape.text());
    Tensor t = *this;
    t.shape_ = shape;
    return t;
}

Tensor Tensor::rows(int64_t begin, int64_t end) const {
    CHECK(rank() >= 1 && begin >= 0 && begin <= end && end <= dim(0), "rows out of range");
    Tensor t = *this;
    t.shape_.set(0, end - begin);
    if (encoding_) {
        t.first_ += begin * shape_.product(1, rank());
        return t;
    }
    const size_t row = dim(0) == 0 ? 0 : bytes() / static_cast<size_t>(dim(0));
    t.data_ =
        std::shared_ptr<const std::byte>(data_, data_.get() + static_cast<size_t>(begin) * row);
    checked_bytes(t.shape_, type_);
    return t;
}

Tensor Tensor::clone() const {
    CHECK(!device_, "a tensor of the host");
    if (encoding_) return widened();
    Tensor t(shape_, type_);
    std::memcpy(t.raw(), raw(), bytes());
    return t;
}

Tensor Tensor::widened() const {
    if (type_ == DType::F32) return *this;
    Tensor t(shape_);
    widen_into(0, elements(), t.f32());
    return t;
}

}  // namespace tensor
