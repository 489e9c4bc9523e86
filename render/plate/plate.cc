#include "render/plate/plate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/check.h"
#include "base/math/colour.h"
#include "render/plate/shoulder.h"

namespace render {
namespace {

constexpr float kPi = 3.14159265f;
// Backdrop in heights of the camera: its foot lies a few per cent of the picture under the horizon.
constexpr float kBackdropHeights = 25;
// Outside the picture it is mirrored and blurred, more the farther out.
constexpr float kBlurPerPixel = 0.30f;

// 0 .. 1 .. 0 .. 1: the picture and its mirror images side by side.
float fold(float t) {
    t -= 2 * std::floor(t * 0.5f);
    return t > 1 ? 2 - t : t;
}

}  // namespace

Plate::Plate(base::Image8 picture, const PictureReading& reading, const Camera& camera)
    : picture_(std::move(picture)), camera_(camera, picture_.width_px, picture_.height_px) {
    CHECK(picture_.channels == 3 && !picture_.empty(), "a plate is RGB");
    CHECK(camera_.eye.z > 0, "the camera stands above the ground");
    backdrop_m_ = kBackdropHeights * camera_.eye.z;
    const Vec3f ahead =
        normalize(Vec3f{camera_.forward.x, camera_.forward.y, 0} + Vec3f{0, 1e-6f, 0});
    middle_ = camera_.eye + ahead * (4 * camera_.eye.z);
    middle_.z = 0.2f * camera_.eye.z;
    build_pyramid();
    place_lights(reading);
}

void Plate::build_pyramid() {
    std::array<float, 256> light{};
    for (int i = 0; i < 256; ++i) {
        light[static_cast<size_t>(i)] =
            plate_light(base::srgb_to_linear(static_cast<float>(i) / 255));
    }
    Level level{picture_.width_px, picture_.height_px, {}};
    level.light.resize(picture_.data.size() / 3);
    for (size_t i = 0; i < level.light.size(); ++i) {
        level.light[i] = {light[picture_.data[3 * i]], light[picture_.data[3 * i + 1]],
                          light[picture_.data[3 * i + 2]]};
    }
    pyramid_.push_back(std::move(level));
    while (std::min(pyramid_.back().width, pyramid_.back().height) > 4) {
        // Burt and Adelson's reduction (1983) with the kernel 1 3 3 1.
        const Level& fine = pyramid_.back();
        Level coarse{(fine.width + 1) / 2, (fine.height + 1) / 2, {}};
        coarse.light.resize(static_cast<size_t>(coarse.width) * coarse.height);
        constexpr float kKernel[4] = {0.125f, 0.375f, 0.375f, 0.125f};
        for (int y = 0; y < coarse.height; ++y) {
            for (int x = 0; x < coarse.width; ++x) {
                Vec3f sum{};
                for (int j = 0; j < 4; ++j) {
                    const int row = std::clamp(2 * y + j - 1, 0, fine.height - 1);
                    for (int i = 0; i < 4; ++i) {
                        const int column = std::clamp(2 * x + i - 1, 0, fine.width - 1);
                        sum += fine.light[static_cast<size_t>(row) * fine.width +
                                          static_cast<size_t>(column)] *
                               (kKernel[i] * kKernel[j]);
                    }
                }
                coarse.light[static_cast<size_t>(y) * coarse.width + static_cast<size_t>(x)] = sum;
            }
        }
        pyramid_.push_back(std::move(coarse));
    }
}

Vec3f Plate::level_sample(size_t index, float u, float v) const {
    const Level& level = pyramid_[index];
    const float x = std::clamp(u * static_cast<float>(level.width) - 0.5f, 0.f,
                               static_cast<float>(level.width - 1)),
                y = std::clamp(v * static_cast<float>(level.height) - 0.5f, 0.f,
                               static_cast<float>(level.height - 1));
    const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
    const int x1 = std::min(x0 + 1, level.width - 1), y1 = std::min(y0 + 1, level.height - 1);
    const Vec3f* top = &level.light[static_cast<size_t>(y0) * level.width];
    const Vec3f* low = &level.light[static_cast<size_t>(y1) * level.width];
    const float s = x - static_cast<float>(x0), t = y - static_cast<float>(y0);
    return base::lerp(base::lerp(top[x0], top[x1], s), base::lerp(low[x0], low[x1], s), t);
}

Vec3f Plate::bilinear(float u, float v, float level) const {
    u = fold(u);
    v = fold(v);
    const auto last = static_cast<float>(pyramid_.size() - 1);
    level = std::clamp(level, 0.f, last);
    const auto fine = static_cast<size_t>(level);
    const float share = level - static_cast<float>(fine);
    const Vec3f light = level_sample(fine, u, v);
    if (share <= 0) return light;
    return base::lerp(light, level_sample(std::min(fine + 1, pyramid_.size() - 1), u, v), share);
}

// Catmull-Rom, so that a camera that starts to move does not soften the picture.
Vec3f Plate::sharp(float x, float y) const {
    const Level& level = pyramid_.front();
    x -= 0.5f;
    y -= 0.5f;
    const int x0 = static_cast<int>(std::floor(x)), y0 = static_cast<int>(std::floor(y));
    const auto weights = [](float t, float* out) {
        out[0] = t * (-0.5f + t * (1 - 0.5f * t));
        out[1] = 1 + t * t * (-2.5f + 1.5f * t);
        out[2] = t * (0.5f + t * (2 - 1.5f * t));
        out[3] = t * t * (-0.5f + 0.5f * t);
    };
    float wx[4], wy[4];
    weights(x - static_cast<float>(x0), wx);
    weights(y - static_cast<float>(y0), wy);
    Vec3f sum{};
    for (int j = 0; j < 4; ++j) {
        const int row = std::clamp(y0 + j - 1, 0, level.height - 1);
        for (int i = 0; i < 4; ++i) {
            const int column = std::clamp(x0 + i - 1, 0, level.width - 1);
            sum +=
                level.light[static_cast<size_t>(row) * level.width + static_cast<size_t>(column)] *
                (wx[i] * wy[j]);
        }
    }
    return base::max(sum, Vec3f{});
}

Vec2f Plate::project(Vec3f point) const {
    const Vec3f d = point - camera_.eye;
    const float z = std::max(std::abs(dot(d, camera_.forward)), 1e-3f * length(d) + 1e-6f);
    const float x = 0.5f + 0.5f * dot(d, camera_.right) / (z * camera_.tan_x),
                y = 0.5f - 0.5f * dot(d, camera_.up) / (z * camera_.tan_y);
    return {std::clamp(x, -6.f, 7.f), std::clamp(y, -6.f, 7.f)};
}

float Plate::outside_px(Vec2f at) const {
    const float x = std::max({0.f, -at.x, at.x - 1}) * static_cast<float>(picture_.width_px),
                y = std::max({0.f, -at.y, at.y - 1}) * static_cast<float>(picture_.height_px);
    return std::max(x, y);
}

Vec3f Plate::seen(const CameraFrame& now, int x, int y) const {
    if (now == camera_) {
        return pyramid_.front()
            .light[static_cast<size_t>(y) * picture_.width_px + static_cast<size_t>(x)];
    }
    const Vec3f d = now.direction(static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f);
    const Vec2f at = project(place(now.eye, d).point);
    const float out = outside_px(at);
    if (out <= 0) {
        return sharp(at.x * static_cast<float>(picture_.width_px),
                     at.y * static_cast<float>(picture_.height_px));
    }
    return bilinear(at.x, at.y, std::log2(1 + kBlurPerPixel * out));
}

Plate::Place Plate::place(Vec3f origin, Vec3f direction) const {
    const float dx = origin.x - camera_.eye.x, dy = origin.y - camera_.eye.y;
    Place place;
    if (direction.z < 0 && origin.z > 0) {
        const float t = -origin.z / direction.z;
        const float x = dx + direction.x * t, y = dy + direction.y * t;
        if (x * x + y * y < backdrop_m_ * backdrop_m_) {
            place.distance = t;
            place.ground = true;
            place.point = origin + direction * t;
            place.point.z = 0;
            return place;
        }
    }
    // From inside a cylinder to its wall; steep rays end under an equally far ceiling.
    const float a = direction.x * direction.x + direction.y * direction.y;
    const float b = dx * direction.x + dy * direction.y;
    const float c = std::min(0.f, dx * dx + dy * dy - backdrop_m_ * backdrop_m_);
    const float most = 4 * backdrop_m_;
    const float t = a > 1e-8f ? (std::sqrt(std::max(0.f, b * b - a * c)) - b) / a : most;
    place.distance = std::min(t, most);
    place.point = origin + direction * place.distance;
    return place;
}

Vec3f Plate::light_at(Vec3f point) const {
    const Vec2f at = project(point);
    return bilinear(at.x, at.y, std::max(1.f, std::log2(1 + kBlurPerPixel * outside_px(at))));
}

Vec3f Plate::around(Vec3f origin, Vec3f direction) const {
    return light_at(place(origin, direction).point);
}

void Plate::place_lights(const PictureReading& reading) {
    Vec3f dome{};
    constexpr int kRays = 256;
    for (int i = 0; i < kRays; ++i) {
        // Cosine weighted Fibonacci lattice: the mean is the radiance of white level ground.
        const float s = (static_cast<float>(i) + 0.5f) / kRays, r = std::sqrt(s);
        const float angle = 2.39996323f * static_cast<float>(i);
        const Vec3f d{r * std::cos(angle), r * std::sin(angle), std::sqrt(1 - s)};
        dome += around(middle_, d) / static_cast<float>(kRays);
    }
    const float level = std::max(1e-3f, base::luminance(dome));
    dome_gain_ = std::clamp((1 - reading.key_share) * reading.brightness / level, 0.35f, 2.5f);
    dome_level_ = dome * dome_gain_;
    const float key =
        std::max(0.3f * reading.brightness, reading.brightness - base::luminance(dome_level_));
    key_level_ = reading.key_colour * key;

    Vec3f ahead = Vec3f{camera_.forward.x, camera_.forward.y, 0};
    ahead = length_squared(ahead) > 1e-8f ? normalize(ahead) : Vec3f{0, 1, 0};
    const Vec3f right{ahead.y, -ahead.x, 0};
    const Vec3f toward = right * reading.toward_key.x + ahead * reading.toward_key.y +
                         Vec3f{0, 0, reading.toward_key.z};
    key_.kind = Light::Kind::Distant;
    key_.normal = normalize(toward);
    key_.cos_radius = std::cos(reading.key_radius_rad);
    key_.luminance = key_level_ * (kPi / std::max(0.2f, key_.normal.z));
}

}  // namespace render
