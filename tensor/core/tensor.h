// A contiguous, row-major array with shared ownership. Copying a Tensor shares its memory; ops make
// new tensors and never write to their inputs, except those whose name ends with _inplace.
//
// Host tensors hold plain memory (a pool block, or somebody else's bytes such as a mapped file).
// Weights that are stored as codes with scales beside them have an Encoding in place of bytes
// (DType::Encoded): they are read by widening only. Tensors of another device carry that device's
// backend (tensor/backend.h) and cannot be read through f32(); bring them home with to_host().
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "tensor/core/dtype.h"
#include "tensor/core/shape.h"

namespace tensor {

class Backend;
class Encoding;

class Tensor {
public:
    Tensor() = default;                                     // !defined()
    explicit Tensor(Shape shape, DType type = DType::F32);  // host, uninitialised
    // `bytes_of(type, elements)` bytes at `data`, kept alive by `owner`. Block types: the innermost
    // axis is a whole number of blocks.
    Tensor(Shape shape, DType type, std::shared_ptr<const std::byte> data,
           Backend* device = nullptr);
    Tensor(Shape shape, std::shared_ptr<const Encoding> encoding);  // DType::Encoded
    static Tensor zeros(Shape shape);
    static Tensor full(Shape shape, float value);
    static Tensor from(Shape shape, std::span<const float> values);
    static Tensor from_i32(Shape shape, std::span<const int32_t> values);

    bool defined() const { return data_ != nullptr || encoding_ != nullptr; }
    const Shape& shape() const { return shape_; }
    int rank() const { return shape_.rank(); }
    int64_t dim(int axis) const { return shape_[axis]; }  // negative from the end
    int64_t elements() const { return shape_.elements(); }
    DType dtype() const { return type_; }
    size_t bytes() const;
    Backend* device() const { return device_; }  // nullptr: the host

    // Typed access; the type must match (CHECK) and the tensor lie on the host.
    float* f32();
    const float* f32() const;
    const int32_t* i32() const;
    std::byte* raw() { return const_cast<std::byte*>(data_.get()); }
    const std::byte* raw() const { return data_.get(); }
    const std::shared_ptr<const std::byte>& storage() const { return data_; }
    std::vector<float> to_vector() const;  // widened
    // Elements [first, first + count) as f32, of any type; block types by whole blocks.
    void widen_into(int64_t first, int64_t count, float* target) const;

    // The same memory under another shape; one axis may be -1.
    Tensor reshape(std::initializer_list<int64_t> dims) const;
    Tensor reshape(const Shape& shape) const;
    // Entries [begin, end) of the first axis, sharing memory.
    Tensor rows(int64_t begin, int64_t end) const;
    Tensor clone() const;
    Tensor widened() const;  // as f32; shares memory where it already is

private:
    Shape shape_;
    DType type_ = DType::F32;
    std::shared_ptr<const std::byte> data_;
    Backend* device_ = nullptr;
    std::shared_ptr<const Encoding> encoding_;
    int64_t first_ = 0;  // of this tensor's elements in the encoding's
};

}  // namespace tensor
