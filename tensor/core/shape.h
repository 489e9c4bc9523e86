// Sizes of a tensor's axes, outermost first. Always contiguous and row-major; no strides.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace tensor {

class Shape {
public:
    static constexpr int kMaxRank = 8;

    Shape() = default;  // rank 0: one element
    Shape(std::initializer_list<int64_t> dims);
    explicit Shape(std::span<const int64_t> dims);

    int rank() const { return rank_; }
    // Negative counts from the end: -1 is the innermost axis.
    int64_t operator[](int axis) const { return dims_[axis < 0 ? axis + rank_ : axis]; }
    void set(int axis, int64_t size) { dims_[axis < 0 ? axis + rank_ : axis] = size; }
    void append(int64_t size);
    int64_t elements() const;
    // Product of the axes [begin, end).
    int64_t product(int begin, int end) const;
    std::span<const int64_t> dims() const { return {dims_.data(), static_cast<size_t>(rank_)}; }
    std::string text() const;  // "2x3x64"
    bool operator==(const Shape& other) const;

private:
    std::array<int64_t, kMaxRank> dims_{};
    int rank_ = 0;
};

}  // namespace tensor
