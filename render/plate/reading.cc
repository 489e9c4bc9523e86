#include "render/plate/reading.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/core/check.h"
#include "base/math/colour.h"

namespace render {
namespace {

using base::Vec3f;

constexpr int kAcross = 64, kDown = 48;

// The picture as 64 x 48 means of linear light.
struct Small {
    std::array<Vec3f, kAcross * kDown> colour;
    Vec3f at(int x, int y) const { return colour[static_cast<size_t>(y * kAcross + x)]; }
    float luma(int x, int y) const { return base::luminance(at(x, y)); }
};

Small shrink(const base::Image8& picture) {
    std::array<float, 256> linear{};
    for (int i = 0; i < 256; ++i)
        linear[static_cast<size_t>(i)] = base::srgb_to_linear(static_cast<float>(i) / 255);
    Small small;
    const auto edge = [](int i, int cells, int size) {
        return static_cast<int>(static_cast<int64_t>(i) * size / cells);
    };
    for (int y = 0; y < kDown; ++y) {
        for (int x = 0; x < kAcross; ++x) {
            const int x0 = edge(x, kAcross, picture.width_px),
                      y0 = edge(y, kDown, picture.height_px);
            const int x1 = std::max(x0 + 1, edge(x + 1, kAcross, picture.width_px)),
                      y1 = std::max(y0 + 1, edge(y + 1, kDown, picture.height_px));
            double sum[3]{};
            for (int j = y0; j < y1; ++j) {
                const uint8_t* p = picture.at(x0, j);
                for (int i = x0; i < x1; ++i, p += 3) {
                    for (int k = 0; k < 3; ++k) sum[k] += linear[p[k]];
                }
            }
            const double n = static_cast<double>(x1 - x0) * (y1 - y0);
            small.colour[static_cast<size_t>(y * kAcross + x)] = {static_cast<float>(sum[0] / n),
                                                                  static_cast<float>(sum[1] / n),
                                                                  static_cast<float>(sum[2] / n)};
        }
    }
    return small;
}

// As an eye would tell tones apart: a cube root of light.
Vec3f tone(Vec3f c) { return {std::cbrt(c.x), std::cbrt(c.y), std::cbrt(c.z)}; }

// The level line across the picture whose sides differ most, in as many columns as possible. It is
// believed as far as it is clear, and likelier a little above the middle.
float find_horizon(const Small& small) {
    constexpr float kUsual = 0.45f, kSpread = 0.16f;
    constexpr int kBand = 4;
    float best = 0, where = kUsual;
    for (int y = kDown / 5; y <= kDown * 18 / 25; ++y) {
        float step = 0, agree = 0;
        Vec3f mean_step{};
        std::array<Vec3f, kAcross> steps;
        for (int x = 0; x < kAcross; ++x) {
            Vec3f above{}, below{};
            for (int k = 0; k < kBand; ++k) {
                above += tone(small.at(x, std::max(0, y - 1 - k)));
                below += tone(small.at(x, std::min(kDown - 1, y + k)));
            }
            steps[static_cast<size_t>(x)] = (above - below) / static_cast<float>(kBand);
            mean_step += steps[static_cast<size_t>(x)];
        }
        mean_step = mean_step / static_cast<float>(kAcross);
        step = length(mean_step);
        for (const Vec3f& s : steps) agree += dot(s, mean_step) > 0.25f * step * step;
        agree /= static_cast<float>(kAcross);
        const float share = static_cast<float>(y) / kDown;
        const float usual = std::exp(-0.5f * std::pow((share - kUsual) / kSpread, 2.f));
        const float score = step * agree * agree * (0.35f + 0.65f * usual);
        if (score > best) {
            best = score;
            where = share;
        }
    }
    const float belief = std::clamp((best - 0.04f) / 0.08f, 0.f, 1.f);
    return std::clamp(kUsual + (where - kUsual) * belief, 0.2f, 0.72f);
}

float percentile(std::vector<float>& values, double share) {
    const auto n =
        static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + n, values.end());
    return values[static_cast<size_t>(n)];
}

Vec3f unit_luminance(Vec3f c) { return c / std::max(1e-4f, base::luminance(c)); }

}  // namespace

PictureReading read_picture(const base::Image8& picture) {
    CHECK(picture.channels == 3 && !picture.empty(), "a picture is RGB");
    const Small small = shrink(picture);
    PictureReading read;
    read.horizon = find_horizon(small);
    const int ground_row = std::min(kDown - 4, static_cast<int>(read.horizon * kDown) + 1);

    std::vector<float> lumas;
    double mean = 0;
    Vec3f ground{};
    for (int y = 0; y < kDown; ++y) {
        for (int x = 0; x < kAcross; ++x) {
            const float l = small.luma(x, y);
            lumas.push_back(l);
            mean += l;
            if (y >= ground_row) ground += small.at(x, y);
        }
    }
    mean /= kAcross * kDown;
    read.ground = ground / static_cast<float>((kDown - ground_row) * kAcross);
    const float high = percentile(lumas, 0.95), low = percentile(lumas, 0.10);
    // Between two old rules: the brightest thing is white; the mean is a middle grey.
    read.brightness =
        std::clamp(std::sqrt((high / 0.80f) * static_cast<float>(mean) / 0.25f), 0.10f, 1.15f);
    const float contrast = (high - low) / std::max(1e-3f, high + low);
    read.key_share = std::clamp(0.25f + 0.4f * contrast, 0.3f, 0.65f);

    // Side: the slope of tone from left to right, whole picture and ground each for itself.
    const auto slope = [&](int first, int last) {
        double sum = 0, weight = 0;
        for (int y = first; y < last; ++y) {
            for (int x = 0; x < kAcross; ++x) {
                const double u = (x + 0.5) / kAcross * 2 - 1;
                sum += u * std::cbrt(small.luma(x, y));
                weight += u * u;
            }
        }
        return static_cast<float>(sum / std::max(1e-9, weight));
    };
    const float side = std::clamp(4.f * (slope(0, kDown) + slope(ground_row, kDown)), -1.f, 1.f);

    // A light in the picture itself: few bright cells, close together, above the ground.
    float weight = 0, cx = 0, cy = 0, spread = 0;
    const float bright = std::max(0.5f, 0.85f * percentile(lumas, 0.995));
    for (int pass = 0; pass < 2; ++pass) {
        for (int y = 0; y < ground_row; ++y) {
            for (int x = 0; x < kAcross; ++x) {
                if (small.luma(x, y) < bright) continue;
                const float u = (static_cast<float>(x) + 0.5f) / kAcross,
                            v = (static_cast<float>(y) + 0.5f) / kDown;
                if (pass == 0) {
                    cx += u;
                    cy += v;
                    weight += 1;
                } else {
                    spread += (u - cx) * (u - cx) + (v - cy) * (v - cy);
                }
            }
        }
        if (weight == 0) break;
        if (pass == 0) {
            cx /= weight;
            cy /= weight;
        } else {
            spread = std::sqrt(spread / weight);
        }
    }
    const bool seen_light = weight >= 3 && weight < 0.06f * kAcross * kDown && spread < 0.10f &&
                            bright > 1.5f * percentile(lumas, 0.85);
    float azimuth, elevation;  // azimuth from straight behind the camera toward the right
    if (seen_light) {
        azimuth = 3.14159265f - 1.4f * (cx - 0.5f);
        elevation = 0.45f + 0.5f * std::clamp(read.horizon - cy, 0.f, 0.6f);
    } else {
        azimuth = 1.25f * (std::abs(side) < 0.12f ? -0.45f : side);
        elevation = 0.80f;
    }
    read.toward_key = {std::cos(elevation) * std::sin(azimuth),
                       -std::cos(elevation) * std::cos(azimuth), std::sin(elevation)};
    read.key_radius_rad = seen_light ? 0.05f : 0.06f + 0.14f * (1 - contrast);

    // Colour: of the upper quarter of tones, a third believed (things are coloured too).
    const float quarter = percentile(lumas, 0.75);
    Vec3f sum{};
    float count = 0;
    for (const Vec3f& c : small.colour) {
        if (base::luminance(c) < quarter) continue;
        sum += c;
        count += 1;
    }
    if (count > 0 && base::luminance(sum) > 1e-3f * count)
        read.key_colour = unit_luminance(base::lerp(Vec3f{1, 1, 1}, unit_luminance(sum), 0.35f));
    return read;
}

}  // namespace render
