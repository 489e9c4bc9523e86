// Planar float pictures with a margin, so that filter taps need no bounds test in x.
#pragma once

#include <algorithm>

#include "render/denoise/big_vector.h"

namespace render {

struct Plane {
    static constexpr int kMargin = 32;  // >= the longest tap
    int width = 0, height = 0, stride = 0;
    BigVector<float> data;

    Plane() = default;
    Plane(int w, int h, float value = 0)
        : width(w),
          height(h),
          stride(w + 2 * kMargin),
          data(static_cast<size_t>(stride) * h, value) {}
    float* row(int y) { return data.data() + static_cast<size_t>(y) * stride + kMargin; }
    const float* row(int y) const {
        return data.data() + static_cast<size_t>(y) * stride + kMargin;
    }
};

}  // namespace render
