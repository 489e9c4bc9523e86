// A smooth function of one positive number as a table over its floating-point bits: 128 steps to
// an octave with straight lines between, so that the relative error of a power function stays below
// 1e-5. For per-pixel tone curves, where pow() is most of the time.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace render {

class FloatTable {
public:
    FloatTable() = default;
    // `f` on [2^low, 2^high]; below it goes straight to f(0) = 0, above it keeps its last value.
    template <typename F>
    FloatTable(F f, int low, int high)
        : first_(static_cast<uint32_t>(low + 127) << kBits), low_(std::ldexp(1.f, low)) {
        const uint32_t count = static_cast<uint32_t>(high - low) << kBits;
        values_.reserve(count + 2);
        for (uint32_t i = 0; i <= count; ++i)
            values_.push_back(f(std::bit_cast<float>((first_ + i) << kShift)));
        values_.push_back(values_.back());
        slope_ = values_[0] / low_;
    }
    float operator()(float x) const {
        if (!(x > low_)) return x > 0 ? x * slope_ : 0;
        const auto bits = std::bit_cast<uint32_t>(x);
        const uint32_t i = (bits >> kShift) - first_;
        if (i + 2 >= values_.size()) return values_.back();
        const float t = static_cast<float>(bits & ((1u << kShift) - 1)) * (1.f / (1u << kShift));
        return values_[i] + (values_[i + 1] - values_[i]) * t;
    }

private:
    static constexpr int kBits = 7, kShift = 23 - kBits;
    uint32_t first_ = 0;
    float low_ = 0, slope_ = 0;
    std::vector<float> values_;
};

}  // namespace render
