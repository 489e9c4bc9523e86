#include "render/light/sky.h"

#include "base/core/random.h"
#include "base/math/colour.h"
#include "render/light/atmosphere.h"
#include "render/scene/threads.h"

namespace render {
namespace {

constexpr float kPi = 3.14159265f;
// Solar illuminance constant, rounded (Darula, Kittler, Gueymard 2005: 133.1 klx).
constexpr float kSolarIlluminance = 133'000;

Vec3f from_angles(float elevation_deg, float azimuth_deg) {
    const float e = elevation_deg * kPi / 180, a = azimuth_deg * kPi / 180;
    return {std::cos(e) * std::cos(a), std::cos(e) * std::sin(a), std::sin(e)};
}

// Azimuth from +x toward +y. The default camera looks along +y: day light comes over the shoulder,
// low light from the side and slightly behind, so that fronts glow and shadows are long.
Vec3f sun_at(TimeOfDay time) {
    switch (time) {
        case TimeOfDay::Dawn: return from_angles(8, 338);
        case TimeOfDay::Day: return from_angles(48, 236);
        case TimeOfDay::Sunset: return from_angles(8, 200);
        case TimeOfDay::Night: return from_angles(42, 222);
    }
    return {0, 0, 1};
}

float value_noise(float x, float y, uint64_t seed) {
    const float fx = std::floor(x), fy = std::floor(y);
    const auto at = [&](float i, float j) {
        const auto a = static_cast<uint64_t>(static_cast<int64_t>(i) + (1 << 20));
        const auto b = static_cast<uint64_t>(static_cast<int64_t>(j) + (1 << 20));
        return static_cast<float>(base::hash_u64(seed ^ (a * 0x9e3779b1u + (b << 32))) >> 40) *
               0x1p-24f;
    };
    const auto ease = [](float t) { return t * t * t * (t * (t * 6 - 15) + 10); };
    const float u = ease(x - fx), v = ease(y - fy);
    return base::lerp(base::lerp(at(fx, fy), at(fx + 1, fy), u),
                      base::lerp(at(fx, fy + 1), at(fx + 1, fy + 1), u), v);
}

float fractal(float x, float y, int octaves, uint64_t seed) {
    float sum = 0, weight = 0.5f, total = 0;
    for (int i = 0; i < octaves; ++i) {
        sum += weight * value_noise(x, y, seed + static_cast<uint64_t>(i) * 77);
        total += weight;
        const float rx = 0.8f * x - 0.6f * y, ry = 0.6f * x + 0.8f * y;
        x = rx * 2.03f + 11.3f;
        y = ry * 2.03f + 5.7f;
        weight *= 0.52f;
    }
    return sum / total;
}

float smoothstep(float low, float high, float x) {
    const float t = std::clamp((x - low) / (high - low), 0.f, 1.f);
    return t * t * (3 - 2 * t);
}

bool overcast(Weather w) { return w != Weather::Clear; }

// Fair-weather heaps drawn out toward the horizon.
float cloud_density(float x, float y, uint64_t seed) {
    const float warp = fractal(x * 0.7f, y * 0.7f, 3, seed ^ 0x77) - 0.5f;
    const float shape = fractal(x * 0.55f + warp, y * 0.75f + warp, 6, seed);
    return smoothstep(0.56f, 0.80f, shape);
}

}  // namespace

Sky::Sky(TimeOfDay time, Weather weather, uint64_t seed, int width_px, const Threads& threads,
         bool airless)
    : time_(time),
      weather_(airless ? Weather::Clear : weather),
      airless_(airless),
      width_(width_px),
      height_(width_px / 2) {
    sun_direction_ = sun_at(time);
    bake(seed, threads);
}

// Rows: v in [0, 1] from the zenith to the nadir, dense at the horizon:
// elevation = sign(s) s^2 * 90 degrees with s = 1 - 2 v.
Vec3f Sky::texel_direction(int x, int y) const {
    const float s = 1 - 2 * (static_cast<float>(y) + 0.5f) / static_cast<float>(height_);
    const float elevation = std::copysign(s * s, s) * kPi / 2;
    const float azimuth = 2 * kPi * (static_cast<float>(x) + 0.5f) / static_cast<float>(width_);
    return {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth),
            std::sin(elevation)};
}

void Sky::bake(uint64_t seed, const Threads& threads) {
    const bool night = time_ == TimeOfDay::Night;
    const bool grey = overcast(weather_);
    // By night the same air scatters moonlight. True moonlight is 0.3 lx; film nights are brighter.
    const Vec3f outside =
        night ? Vec3f{0.55f, 0.75f, 1.15f} * 1.2f : Vec3f{1.02f, 1.f, 0.97f} * kSolarIlluminance;
    const Atmosphere air(sun_direction_, outside);
    // One scattering model of clean air is darker than photographs: dust and far land add light.
    const float haze = night ? 1.f : 1.55f;
    const Vec3f direct = airless_ ? outside : outside * air.transmittance(50, sun_direction_.z);
    float thickness = 1;  // share of sunlight that the clouds let through as a disc
    if (weather_ == Weather::Cloudy) thickness = 0.16f;
    if (weather_ == Weather::Snow) thickness = 0.06f;
    if (weather_ == Weather::Rain || weather_ == Weather::Fog) thickness = 0.03f;
    sun_illuminance_ = direct * thickness;
    sun_radius_rad_ = night ? 0.0055f : grey ? 0.06f : 0.0047f;
    sun_disc_ = direct / (kPi * 0.0047f * 0.0047f) * (grey ? 0.f : night ? 60.f : 0.02f);

    // The clear sky on a coarse grid, refined by interpolation.
    const int coarse_w = 128, coarse_h = 64;
    std::vector<Vec3f> coarse(static_cast<size_t>(coarse_w) * coarse_h);
    threads.for_each(coarse_h, [&](int y) {
        for (int x = 0; x < coarse_w; ++x) {
            const float s = static_cast<float>(coarse_h - 1 - y) / (coarse_h - 1);
            const float elevation = std::max(0.002f, s * s * kPi / 2);
            const float azimuth = 2 * kPi * static_cast<float>(x) / coarse_w;
            coarse[static_cast<size_t>(y) * coarse_w + static_cast<size_t>(x)] =
                air.sky({std::cos(elevation) * std::cos(azimuth),
                         std::cos(elevation) * std::sin(azimuth), std::sin(elevation)}) *
                haze;
        }
    });
    const auto clear_sky = [&](Vec3f d) {
        const float s = std::sqrt(std::max(0.f, std::asin(std::clamp(d.z, 0.f, 1.f)) * 2 / kPi));
        const float fy = (1 - s) * (coarse_h - 1);
        float fx = std::atan2(d.y, d.x) / (2 * kPi);
        fx = (fx - std::floor(fx)) * coarse_w;
        const int y0 = std::min(static_cast<int>(fy), coarse_h - 2);
        const int x0 = static_cast<int>(fx) % coarse_w, x1 = (x0 + 1) % coarse_w;
        const float v = fy - static_cast<float>(y0), u = fx - std::floor(fx);
        const Vec3f* top = &coarse[static_cast<size_t>(y0) * coarse_w];
        const Vec3f* low = top + coarse_w;
        return base::lerp(base::lerp(top[x0], top[x1], u), base::lerp(low[x0], low[x1], u), v);
    };
    Vec3f mean_sky{};
    for (int y = 0; y < coarse_h; ++y) {
        for (int x = 0; x < coarse_w; ++x)
            mean_sky += coarse[static_cast<size_t>(y) * coarse_w + static_cast<size_t>(x)];
    }
    mean_sky = mean_sky / static_cast<float>(coarse_w * coarse_h);

    const float overcast_luminance = [&] {
        const float all = base::luminance(direct) * std::max(0.15f, sun_direction_.z) / kPi +
                          base::luminance(mean_sky);
        switch (weather_) {
            case Weather::Cloudy: return all * 0.42f;
            case Weather::Rain: return all * 0.22f;
            case Weather::Snow: return all * 0.40f;
            case Weather::Fog: return all * 0.45f;
            case Weather::Clear: break;
        }
        return 0.f;
    }();
    const Vec3f warm = direct / std::max(1e-6f, base::luminance(direct));
    const Vec3f cool{0.92f, 1.0f, 1.12f};
    const Vec3f overcast_colour =
        time_ == TimeOfDay::Day || night ? cool : base::lerp(cool, warm, 0.35f);

    panorama_.resize(static_cast<size_t>(width_) * height_);
    threads.for_each(height_, [&](int y) {
        for (int x = 0; x < width_; ++x) {
            const Vec3f d = texel_direction(x, y);
            Vec3f light;
            if (d.z <= 0) {
                light = clear_sky({d.x, d.y, 0});  // land is laid over it below
            } else {
                light = clear_sky(d);
            }
            if (d.z > 0.004f) {
                const float px = d.x / (d.z + 0.06f), py = d.y / (d.z + 0.06f);
                if (!grey) {
                    const float cover = cloud_density(px * 0.9f, py * 0.9f, seed);
                    if (cover > 0) {
                        const float flat =
                            std::max(0.15f, std::sqrt(1 - sun_direction_.z * sun_direction_.z));
                        const float toward =
                            cloud_density((px + sun_direction_.x / flat * 0.16f) * 0.9f,
                                          (py + sun_direction_.y / flat * 0.16f) * 0.9f, seed);
                        const float lit = std::exp(-1.6f * toward) * (0.55f + 0.45f * (1 - cover));
                        const float forward =
                            1 + 1.2f * std::pow(std::max(0.f, dot(d, sun_direction_)), 8.f);
                        const Vec3f cloud =
                            direct * (0.30f * lit * forward / kPi * 1.6f) + mean_sky * 1.1f;
                        const float fade = smoothstep(0.02f, 0.22f, d.z);
                        light = base::lerp(light, cloud, 0.85f * cover * fade);
                    }
                } else {
                    const float lumps = fractal(px * 0.5f, py * 0.7f, 5, seed);
                    const float fine = fractal(px * 1.6f + 3, py * 2.1f, 4, seed ^ 5);
                    const float depth = weather_ == Weather::Fog      ? 0.1f
                                        : weather_ == Weather::Cloudy ? 1.f
                                                                      : 0.6f;
                    // CIE overcast sky: three times brighter at the zenith than at the horizon;
                    // drawn less steep here since clouds glow near the horizon in most photographs.
                    const float level =
                        overcast_luminance * (0.75f + 0.35f * d.z) *
                        (1 + depth * (0.9f * (lumps - 0.5f) + 0.45f * (fine - 0.5f)));
                    const float glow = 1 + 1.5f * thickness * 4 *
                                               std::pow(std::max(0.f, dot(d, sun_direction_)), 6.f);
                    Vec3f cloud = overcast_colour * (level * glow);
                    if (weather_ == Weather::Cloudy) {
                        const float gap = smoothstep(0.36f, 0.24f, lumps);
                        cloud = base::lerp(cloud, clear_sky(d), gap * 0.9f);
                    }
                    light = cloud;
                }
            } else if (grey) {
                light = overcast_colour * (overcast_luminance * 0.75f);
            }
            if (d.z < 0) {
                const Vec3f land =
                    (direct * (thickness * std::max(0.f, sun_direction_.z)) + mean_sky * kPi) *
                    Vec3f{0.22f, 0.21f, 0.17f} / kPi;
                light = base::lerp(light, land, smoothstep(0.f, 0.18f, -d.z));
            }
            if (airless_) {
                // Sunlit regolith (albedo 0.12) below, nothing above but a trace for the dark side
                // of things: the Earth's light.
                const Vec3f ground = direct * (std::max(0.f, sun_direction_.z) * 0.12f / kPi);
                light = d.z < 0 ? ground * smoothstep(0.f, 0.02f, -d.z) : direct * 2e-5f;
            }
            if (night)
                light += Vec3f{0.0016f, 0.0028f, 0.0060f} * 2.f * (1.2f - 0.5f * std::abs(d.z));
            panorama_[static_cast<size_t>(y) * width_ + static_cast<size_t>(x)] = light;
        }
    });
    for (int y = 0; y < height_; y += 4) {
        // Solid angle of a row band: difference of sines of its elevations.
        const auto sine = [&](int row) {
            const float s = 1 - 2 * static_cast<float>(row) / static_cast<float>(height_);
            return std::sin(std::copysign(s * s, s) * kPi / 2);
        };
        const float band = sine(y) - sine(std::min(height_, y + 4));
        const int step = std::max(1, width_ / 128);
        for (int x = 0; x < width_; x += step) {
            harmonics_.add(texel_direction(x, std::min(y + 2, height_ - 1)),
                           panorama_[static_cast<size_t>(std::min(y + 2, height_ - 1)) * width_ +
                                     static_cast<size_t>(x)],
                           band * 2 * kPi * static_cast<float>(step) / static_cast<float>(width_));
        }
    }
    air_density_per_m_ = airless_                      ? 0.f
                         : weather_ == Weather::Fog    ? 1 / 28.f
                         : weather_ == Weather::Snow   ? 1 / 170.f
                         : weather_ == Weather::Rain   ? 1 / 260.f
                         : weather_ == Weather::Cloudy ? 1 / 2500.f
                                                       : 1 / 4000.f;
    air_colour_ = grey ? overcast_colour * (overcast_luminance * 0.75f) : Vec3f{};
}

Vec3f Sky::radiance(Vec3f d) const {
    const float elevation = std::asin(std::clamp(d.z, -1.f, 1.f)) * 2 / kPi;
    const float s = std::copysign(std::sqrt(std::abs(elevation)), elevation);
    const float fy = std::clamp((1 - s) * 0.5f * static_cast<float>(height_) - 0.5f, 0.f,
                                static_cast<float>(height_ - 1));
    float fx = std::atan2(d.y, d.x) / (2 * kPi);
    fx = (fx - std::floor(fx)) * static_cast<float>(width_) - 0.5f;
    if (fx < 0) fx += static_cast<float>(width_);
    const int y0 = std::min(static_cast<int>(fy), height_ - 2);
    const int x0 = static_cast<int>(fx) % width_, x1 = (x0 + 1) % width_;
    const float v = fy - static_cast<float>(y0), u = fx - std::floor(fx);
    const Vec3f* top = &panorama_[static_cast<size_t>(y0) * width_];
    const Vec3f* low = top + width_;
    return base::lerp(base::lerp(top[x0], top[x1], u), base::lerp(low[x0], low[x1], u), v);
}

Vec3f Sky::seen(Vec3f d) const {
    Vec3f light = radiance(d);
    const float cosine = dot(d, sun_direction_);
    const float radius = time_ == TimeOfDay::Night ? 0.0085f : 0.0062f;
    if (cosine > std::cos(radius * 1.6f)) {
        const float angle = std::acos(std::min(1.f, cosine));
        light += sun_disc_ * smoothstep(radius * 1.25f, radius, angle);
    }
    if (time_ == TimeOfDay::Night && weather_ == Weather::Clear && d.z > 0.01f) {
        // One star at most per cell of a cube-face grid, gaussian spots about a pixel wide.
        const Vec3f a{std::abs(d.x), std::abs(d.y), std::abs(d.z)};
        const int axis = a.x > a.y ? (a.x > a.z ? 0 : 2) : (a.y > a.z ? 1 : 2);
        const float major = d[axis], u = d[(axis + 1) % 3] / std::abs(major),
                    w = d[(axis + 2) % 3] / std::abs(major);
        constexpr float kCells = 90;
        const float cu = std::floor(u * kCells), cw = std::floor(w * kCells);
        const uint64_t key =
            base::hash_u64(static_cast<uint64_t>(static_cast<int64_t>(cu) + 4096) * 8192 +
                           static_cast<uint64_t>(static_cast<int64_t>(cw) + 4096) +
                           (static_cast<uint64_t>(axis) + (major > 0 ? 3 : 0)) * 0x10000000ull);
        const auto unit = [&](int shift) {
            return static_cast<float>((key >> shift) & 0xffff) / 65536.f;
        };
        if (unit(0) < 0.16f) {
            const float du = u * kCells - cu - 0.15f - 0.7f * unit(16),
                        dw = w * kCells - cw - 0.15f - 0.7f * unit(32);
            const float spot = std::exp(-(du * du + dw * dw) / 0.006f);
            const float brightness = 0.06f + 0.9f * std::pow(unit(48), 7.f);
            light += base::lerp(Vec3f{1.f, 0.85f, 0.7f}, Vec3f{0.75f, 0.87f, 1.f}, unit(8)) *
                     (spot * brightness * smoothstep(0.02f, 0.2f, d.z));
        }
    }
    return light;
}

Sky::Air Sky::air(Vec3f d, float distance_m, float eye_height_m) const {
    // Density falls with height (scale 60 m for fog and haze near the ground).
    constexpr float kScale = 60;
    const float slope = d.z * distance_m / kScale;
    const float mean = std::abs(slope) < 1e-3f ? 1.f : (1 - std::exp(-slope)) / slope;
    const float depth =
        air_density_per_m_ * distance_m * mean * std::exp(-std::max(0.f, eye_height_m) / kScale);
    Air result;
    result.transmittance = std::exp(-std::max(0.f, depth));
    const Vec3f far = weather_ == Weather::Clear || weather_ == Weather::Cloudy
                          ? radiance(normalize(Vec3f{d.x, d.y, 0.02f}))
                          : air_colour_;
    result.glow = far * (1 - result.transmittance);
    return result;
}

}  // namespace render
