#include "media/yuv.h"

#include <algorithm>
#include <vector>

#include "base/core/check.h"

namespace media {
namespace {

// Scaled by 2^16: Y' = 16 + 219 (Kr R + Kg G + Kb B) / 255, Kr = 0.2126, Kb = 0.0722;
// Cb = 128 + 224 (B - Y) / (2 (1 - Kb)) / 255, Cr likewise.
constexpr int kYr = 11966, kYg = 40254, kYb = 4064;
constexpr int kBr = -6596, kBg = -22189, kBb = 28785;
constexpr int kRr = 28785, kRg = -26145, kRb = -2640;

uint8_t clamp8(int value) { return static_cast<uint8_t>(std::clamp(value, 0, 255)); }

void luma_row(const uint8_t* rgb, int width, uint8_t* y) {
    for (int x = 0; x < width; ++x, rgb += 3) {
        const int sum = kYr * rgb[0] + kYg * rgb[1] + kYb * rgb[2];
        y[x] = static_cast<uint8_t>((sum + (16 << 16) + (1 << 15)) >> 16);
    }
}

}  // namespace

void rgb_to_yuv420(const base::Image8& image, const YuvPlanes& planes) {
    CHECK(image.channels == 3 && image.width_px % 2 == 0 && image.height_px % 2 == 0,
          "an RGB picture of even size");
    const int width = image.width_px;
    const size_t row_bytes = static_cast<size_t>(width) * 3;
    // One row of column sums of two lines, with a copied pixel before and after for the 1-2-1 tap.
    std::vector<int> sums((static_cast<size_t>(width) + 1) * 3);
    for (int y = 0; y < image.height_px; y += 2) {
        const uint8_t* top = image.at(0, y);
        const uint8_t* bottom = image.at(0, y + 1);
        luma_row(top, width, planes.y + static_cast<ptrdiff_t>(y) * planes.y_stride);
        luma_row(bottom, width, planes.y + static_cast<ptrdiff_t>(y + 1) * planes.y_stride);

        for (size_t i = 0; i < row_bytes; ++i) sums[i + 3] = top[i] + bottom[i];
        std::copy(sums.begin() + 3, sums.begin() + 6, sums.begin());
        uint8_t* cb = planes.cb + static_cast<ptrdiff_t>(y / 2) * planes.cb_stride;
        uint8_t* cr = planes.cr + static_cast<ptrdiff_t>(y / 2) * planes.cr_stride;
        for (int x = 0; x < width / 2; ++x) {
            const int* left = &sums[static_cast<size_t>(x) * 6];
            int c[3];  // 8 times the filtered colour
            for (int k = 0; k < 3; ++k) c[k] = left[k] + 2 * left[3 + k] + left[6 + k];
            constexpr int kHalf = 1 << 18, kMiddle = 128 << 19;
            cb[x] = clamp8((kBr * c[0] + kBg * c[1] + kBb * c[2] + kMiddle + kHalf) >> 19);
            cr[x] = clamp8((kRr * c[0] + kRg * c[1] + kRb * c[2] + kMiddle + kHalf) >> 19);
        }
    }
}

}  // namespace media
