#include "render/plate/fit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/check.h"
#include "base/math/colour.h"

namespace render {
namespace {

// Catmull and Rom's cubic (1974): interpolates, support two either side.
double catmull_rom(double x) {
    x = std::abs(x);
    if (x < 1) return 1 + x * x * (1.5 * x - 2.5);
    if (x < 2) return 2 + x * (-4 + x * (2.5 - 0.5 * x));
    return 0;
}

// What one output pixel takes from a row or column of the input.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

std::vector<Taps> taps_of(double start, double scale, int outputs, int inputs) {
    const double stretch = std::max(1.0, scale);
    std::vector<Taps> all(static_cast<size_t>(outputs));
    for (int i = 0; i < outputs; ++i) {
        const double centre = start + (i + 0.5) * scale - 0.5;
        const int low = static_cast<int>(std::ceil(centre - 2 * stretch));
        const int high = static_cast<int>(std::floor(centre + 2 * stretch));
        Taps& taps = all[static_cast<size_t>(i)];
        taps.first = std::clamp(low, 0, inputs - 1);
        const int last = std::clamp(high, 0, inputs - 1);
        std::vector<double> weights(static_cast<size_t>(last - taps.first + 1));
        double sum = 0;
        for (int k = low; k <= high; ++k) {
            // The border goes on beyond the picture.
            const double w = catmull_rom((k - centre) / stretch);
            weights[static_cast<size_t>(std::clamp(k, taps.first, last) - taps.first)] += w;
            sum += w;
        }
        for (const double w : weights) taps.weights.push_back(static_cast<float>(w / sum));
    }
    return all;
}

}  // namespace

bool fits(const base::Image8& picture, int width_px, int height_px) {
    return picture.width_px == width_px && picture.height_px == height_px;
}

base::Image8 fit_picture(const base::Image8& picture, int width_px, int height_px) {
    CHECK(picture.channels == 3 && !picture.empty(), "a picture is RGB");
    CHECK(width_px > 0 && height_px > 0, "a film has a size");
    if (fits(picture, width_px, height_px)) return picture;
    const double scale = std::min(static_cast<double>(picture.width_px) / width_px,
                                  static_cast<double>(picture.height_px) / height_px);
    const double left = 0.5 * (picture.width_px - scale * width_px),
                 top = 0.5 * (picture.height_px - scale * height_px);
    const std::vector<Taps> across = taps_of(left, scale, width_px, picture.width_px);
    const std::vector<Taps> down = taps_of(top, scale, height_px, picture.height_px);

    std::array<float, 256> linear{};
    for (int i = 0; i < 256; ++i)
        linear[static_cast<size_t>(i)] = base::srgb_to_linear(static_cast<float>(i) / 255);
    const int first_row = down.front().first;
    const int rows = down.back().first + static_cast<int>(down.back().weights.size()) - first_row;
    base::ImageF narrow(width_px, rows, 3);
    std::vector<float> line(static_cast<size_t>(picture.width_px) * 3);
    for (int y = 0; y < rows; ++y) {
        const uint8_t* row = picture.at(0, first_row + y);
        for (size_t i = 0; i < line.size(); ++i) line[i] = linear[row[i]];
        for (int x = 0; x < width_px; ++x) {
            const Taps& taps = across[static_cast<size_t>(x)];
            const float* from = line.data() + static_cast<size_t>(taps.first) * 3;
            float sum[3]{};
            for (const float w : taps.weights) {
                for (int k = 0; k < 3; ++k) sum[k] += w * from[k];
                from += 3;
            }
            for (int k = 0; k < 3; ++k) narrow.at(x, y)[k] = sum[k];
        }
    }
    base::Image8 fitted(width_px, height_px, 3);
    for (int y = 0; y < height_px; ++y) {
        const Taps& taps = down[static_cast<size_t>(y)];
        for (int x = 0; x < width_px; ++x) {
            float sum[3]{};
            for (size_t t = 0; t < taps.weights.size(); ++t) {
                const float* from = narrow.at(x, taps.first - first_row + static_cast<int>(t));
                for (int k = 0; k < 3; ++k) sum[k] += taps.weights[t] * from[k];
            }
            for (int k = 0; k < 3; ++k) {
                fitted.at(x, y)[k] = static_cast<uint8_t>(
                    std::lround(255 * base::linear_to_srgb(std::clamp(sum[k], 0.f, 1.f))));
            }
        }
    }
    return fitted;
}

}  // namespace render
