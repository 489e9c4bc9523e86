#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/check.h"
#include "base/math/colour.h"
#include "media/still.h"

namespace media {
namespace {

// The weights with which one line of pixels becomes another length.
struct Tap {
    int first = 0;
    std::vector<float> weights;
};

// Keys 1981, "Cubic convolution interpolation", a = -1/2 (Catmull-Rom).
float catmull_rom(float x) {
    x = std::abs(x);
    if (x < 1) return (1.5f * x - 2.5f) * x * x + 1;
    if (x < 2) return ((-0.5f * x + 2.5f) * x - 4) * x + 2;
    return 0;
}

std::vector<Tap> taps(int from, int to) {
    std::vector<Tap> all(static_cast<size_t>(to));
    const double scale = static_cast<double>(from) / to;
    for (int i = 0; i < to; ++i) {
        Tap& tap = all[i];
        std::vector<std::pair<int, float>> parts;
        if (scale >= 1) {  // area: the share of each source pixel under the target pixel
            const double low = i * scale, high = (i + 1) * scale;
            for (int s = static_cast<int>(low); s < from && s < high; ++s) {
                const double share = std::min<double>(high, s + 1) - std::max<double>(low, s);
                if (share > 1e-9) parts.emplace_back(s, static_cast<float>(share));
            }
        } else {
            const double centre = (i + 0.5) * scale - 0.5;
            const int middle = static_cast<int>(std::floor(centre));
            for (int s = middle - 1; s <= middle + 2; ++s) {
                parts.emplace_back(std::clamp(s, 0, from - 1),
                                   catmull_rom(static_cast<float>(centre - s)));
            }
        }
        tap.first = parts.front().first;
        tap.weights.assign(static_cast<size_t>(parts.back().first - tap.first) + 1, 0.f);
        float sum = 0;
        for (const auto& [s, weight] : parts) sum += weight;
        for (const auto& [s, weight] : parts) tap.weights[s - tap.first] += weight / sum;
    }
    return all;
}

// Light adds up linearly, so filtering does too: thin highlights keep their brightness.
const std::array<float, 256>& to_linear() {
    static const std::array<float, 256> table = [] {
        std::array<float, 256> made;
        for (int i = 0; i < 256; ++i) made[i] = base::srgb_to_linear(static_cast<float>(i) / 255.f);
        return made;
    }();
    return table;
}

uint8_t from_linear(float linear) {
    static const std::array<uint8_t, 8193> table = [] {
        std::array<uint8_t, 8193> made;
        for (int i = 0; i <= 8192; ++i) {
            // Indexed by the square root, so that dark steps are fine enough.
            const float root = static_cast<float>(i) / 8192.f;
            made[i] = static_cast<uint8_t>(std::lround(base::linear_to_srgb(root * root) * 255));
        }
        return made;
    }();
    const float root = std::sqrt(std::clamp(linear, 0.f, 1.f));
    return table[static_cast<size_t>(std::lround(root * 8192))];
}

}  // namespace

base::Image8 resize(const base::Image8& image, int width_px, int height_px) {
    CHECK(!image.empty() && width_px > 0 && height_px > 0, "resize needs pixels");
    if (width_px == image.width_px && height_px == image.height_px) return image;
    const int channels = image.channels;
    const std::vector<Tap> columns = taps(image.width_px, width_px);
    const std::vector<Tap> rows = taps(image.height_px, height_px);

    base::ImageF narrow(width_px, image.height_px, channels);
    for (int y = 0; y < image.height_px; ++y) {
        for (int x = 0; x < width_px; ++x) {
            const Tap& tap = columns[x];
            float* to = narrow.at(x, y);
            for (size_t k = 0; k < tap.weights.size(); ++k) {
                const uint8_t* from = image.at(tap.first + static_cast<int>(k), y);
                for (int c = 0; c < channels; ++c) to[c] += tap.weights[k] * to_linear()[from[c]];
            }
        }
    }
    base::Image8 out(width_px, height_px, channels);
    std::vector<float> line(static_cast<size_t>(width_px) * channels);
    for (int y = 0; y < height_px; ++y) {
        std::fill(line.begin(), line.end(), 0.f);
        const Tap& tap = rows[y];
        for (size_t k = 0; k < tap.weights.size(); ++k) {
            const float* from = narrow.at(0, tap.first + static_cast<int>(k));
            for (size_t i = 0; i < line.size(); ++i) line[i] += tap.weights[k] * from[i];
        }
        uint8_t* to = out.at(0, y);
        for (size_t i = 0; i < line.size(); ++i) to[i] = from_linear(line[i]);
    }
    return out;
}

}  // namespace media
