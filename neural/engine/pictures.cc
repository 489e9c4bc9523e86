#include "neural/engine/pictures.h"

#include <algorithm>
#include <cmath>

#include "base/core/check.h"
#include "tensor/core/parallel.h"

namespace neural {

int64_t round_up(int64_t size, int64_t step) { return (size + step - 1) / step * step; }

base::Image8 crop(const base::Image8& image, int width_px, int height_px) {
    CHECK(image.width_px >= width_px && image.height_px >= height_px,
          "a picture at least as large");
    if (image.width_px == width_px && image.height_px == height_px) return image;
    base::Image8 out(width_px, height_px, image.channels);
    const int top = (image.height_px - height_px) / 2, left = (image.width_px - width_px) / 2;
    for (int y = 0; y < height_px; ++y) {
        std::copy_n(image.at(left, y + top), width_px * image.channels, out.at(0, y));
    }
    return out;
}

base::Image8 to_image(const tensor::Tensor& frames, int64_t t, int width_px, int height_px) {
    CHECK(frames.rank() == 4 && frames.dim(3) == 3 && t >= 0 && t < frames.dim(0),
          "frames [T,H,W,3]");
    const int64_t H = frames.dim(1), W = frames.dim(2);
    CHECK(H >= height_px && W >= width_px, "a picture at least as large as the film's");
    const int64_t top = (H - height_px) / 2, left = (W - width_px) / 2;
    base::Image8 image(width_px, height_px, 3);
    const float* from = frames.f32() + t * H * W * 3;
    tensor::parallel_for(height_px, 16, [&](int64_t begin, int64_t end) {
        for (int64_t y = begin; y < end; ++y) {
            const float* row = from + ((y + top) * W + left) * 3;
            uint8_t* out = image.data.data() + y * width_px * 3;
            for (int64_t i = 0; i < int64_t{width_px} * 3; ++i) {
                const float v = row[i] * 127.5f + 127.5f;
                out[i] = v > 0 ? static_cast<uint8_t>(std::min(v, 255.0f) + 0.5f) : 0;
            }
        }
    });
    return image;
}

namespace {

// Weights of the source pixels that make target pixel `i`: a triangle as wide as the larger of both
// grids' steps.
struct Tap {
    int64_t first;
    std::vector<float> weights;
};
Tap tap(int64_t i, double scale, double offset, int64_t source) {
    const double reach = std::max(1.0, scale);
    const double centre = (static_cast<double>(i) + 0.5) * scale + offset - 0.5;
    const auto first = static_cast<int64_t>(std::floor(centre - reach)) + 1;
    const auto last = static_cast<int64_t>(std::ceil(centre + reach)) - 1;
    Tap t{std::clamp<int64_t>(first, 0, source - 1), {}};
    t.weights.assign(static_cast<size_t>(std::clamp<int64_t>(last, 0, source - 1) - t.first + 1),
                     0.0f);
    double sum = 0;
    for (int64_t s = first; s <= last; ++s) {
        const double w = std::max(0.0, 1 - std::abs(static_cast<double>(s) - centre) / reach);
        t.weights[static_cast<size_t>(std::clamp<int64_t>(s, 0, source - 1) - t.first)] +=
            static_cast<float>(w);
        sum += w;
    }
    for (float& w : t.weights) w /= static_cast<float>(sum);
    return t;
}

}  // namespace

tensor::Tensor from_image(const base::Image8& image, const NetPicture& net) {
    CHECK(!image.empty() && image.channels >= 3, "an RGB picture");
    const int64_t width = net.width, height = net.height;
    const double scale =
        std::min(image.width_px / net.shown_width, image.height_px / net.shown_height);
    const double left = (image.width_px - scale * static_cast<double>(width)) / 2;
    const double top = (image.height_px - scale * static_cast<double>(height)) / 2;
    std::vector<Tap> columns;
    for (int64_t x = 0; x < width; ++x) columns.push_back(tap(x, scale, left, image.width_px));
    tensor::Tensor out({1, 1, height, width, 3});
    tensor::parallel_for(height, 4, [&](int64_t begin, int64_t end) {
        for (int64_t y = begin; y < end; ++y) {
            const Tap rows = tap(y, scale, top, image.height_px);
            for (int64_t x = 0; x < width; ++x) {
                const Tap& cols = columns[static_cast<size_t>(x)];
                float sum[3] = {};
                for (size_t r = 0; r < rows.weights.size(); ++r) {
                    for (size_t c = 0; c < cols.weights.size(); ++c) {
                        const uint8_t* p =
                            image.at(static_cast<int>(cols.first + static_cast<int64_t>(c)),
                                     static_cast<int>(rows.first + static_cast<int64_t>(r)));
                        const float w = rows.weights[r] * cols.weights[c];
                        for (int k = 0; k < 3; ++k) sum[k] += w * static_cast<float>(p[k]);
                    }
                }
                for (int k = 0; k < 3; ++k)
                    out.f32()[(y * width + x) * 3 + k] = sum[k] / 127.5f - 1.0f;
            }
        }
    });
    return out;
}

}  // namespace neural
