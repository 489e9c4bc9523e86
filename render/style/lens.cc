#include "render/style/lens.h"

#include "render/scene/threads.h"

namespace render {
namespace {

constexpr int kTile = 20;              // motion blur: reach in pixels per step of tiles
constexpr float kLongest = 3 * kTile;  // pixels either side

// A fixed dither in [0, 1) that neighbours share evenly (Jimenez 2014, interleaved gradient noise).
float dither(int x, int y) {
    const float v = 0.06711056f * static_cast<float>(x) + 0.00583715f * static_cast<float>(y);
    const float w = 52.9829189f * (v - std::floor(v));
    return w - std::floor(w);
}

float length2(Vec2f v) { return std::sqrt(v.x * v.x + v.y * v.y); }

}  // namespace

void motion_blur(std::vector<Vec3f>& light, const LensInput& input, const Threads& threads) {
    const int w = input.width_px, h = input.height_px;
    const int tx = (w + kTile - 1) / kTile, ty = (h + kTile - 1) / kTile;
    const auto half = [&](int x, int y) {
        Vec2f v = input.sweep_px(x, y) * 0.5f;
        const float l = length2(v);
        return l > kLongest ? v * (kLongest / l) : v;
    };
    std::vector<Vec2f> most(static_cast<size_t>(tx) * ty);
    threads.for_each(ty, [&](int j) {
        for (int i = 0; i < tx; ++i) {
            Vec2f best{};
            for (int y = j * kTile; y < std::min(h, (j + 1) * kTile); ++y) {
                for (int x = i * kTile; x < std::min(w, (i + 1) * kTile); ++x) {
                    const Vec2f v = half(x, y);
                    if (length2(v) > length2(best)) best = v;
                }
            }
            most[static_cast<size_t>(j * tx + i)] = best;
        }
    });
    bool any = false;
    for (const Vec2f& v : most) any |= length2(v) > 0.5f;
    if (!any) return;
    const std::vector<Vec3f> sharp = light;
    const auto soft = [](float za, float zb) {
        return std::clamp(1 - (za - zb) / (0.02f * std::min(za, zb) + 0.01f), 0.f, 1.f);
    };
    const auto z_of = [&](int x, int y) {
        const float z = input.depth_m(x, y);
        return z > 0 ? z : 1e5f;
    };
    std::vector<Vec2f> strongest(most.size());
    for (int y = 0; y < ty; ++y) {
        for (int x = 0; x < tx; ++x) {
            Vec2f& dominant = strongest[static_cast<size_t>(y * tx + x)];
            for (int j = std::max(0, y - 3); j <= std::min(ty - 1, y + 3); ++j) {
                for (int i = std::max(0, x - 3); i <= std::min(tx - 1, x + 3); ++i) {
                    const Vec2f v = most[static_cast<size_t>(j * tx + i)];
                    const float l = length2(v);
                    // Only tiles whose movement can reach here.
                    const int away = std::max(std::abs(i - x), std::abs(j - y));
                    if (l > length2(dominant) && l > static_cast<float>((away - 1) * kTile))
                        dominant = v;
                }
            }
        }
    }
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            const Vec2f dominant = strongest[static_cast<size_t>(y / kTile * tx + x / kTile)];
            const float reach = length2(dominant);
            if (reach < 0.5f) continue;
            const Vec2f own = half(x, y);
            const float own_length = std::max(0.5f, length2(own)), z = z_of(x, y);
            const int taps = std::clamp(static_cast<int>(reach) | 1, 5, 31);
            float weight = 1 / own_length;
            Vec3f sum = sharp[static_cast<size_t>(y) * w + static_cast<size_t>(x)] * weight;
            const float shift = dither(x, y) - 0.5f;
            for (int t = 0; t < taps; ++t) {
                const float s =
                    2 * (static_cast<float>(t) + 0.5f + shift) / static_cast<float>(taps) - 1;
                const int i = std::clamp(
                    static_cast<int>(std::lround(static_cast<float>(x) + dominant.x * s)), 0,
                    w - 1);
                const int j = std::clamp(
                    static_cast<int>(std::lround(static_cast<float>(y) + dominant.y * s)), 0,
                    h - 1);
                if (i == x && j == y) continue;
                const float distance =
                    length2({static_cast<float>(i - x), static_cast<float>(j - y)});
                const float other = std::max(0.5f, length2(half(i, j))), zo = z_of(i, j);
                const float front = soft(zo, z), behind = soft(z, zo);
                const auto cone = [distance](float l) {
                    return std::clamp(1 - distance / l, 0.f, 1.f);
                };
                const auto cylinder = [distance](float l) {
                    const float a = std::clamp((distance - 0.95f * l) / (0.1f * l), 0.f, 1.f);
                    return 1 - a * a * (3 - 2 * a);
                };
                const float k = front * cone(other) + behind * cone(own_length) +
                                2 * cylinder(own_length) * cylinder(other);
                weight += k / std::max(other, own_length);
                sum += sharp[static_cast<size_t>(j) * w + static_cast<size_t>(i)] *
                       (k / std::max(other, own_length));
            }
            light[static_cast<size_t>(y) * w + static_cast<size_t>(x)] = sum / weight;
        }
    });
}

void depth_of_field(std::vector<Vec3f>& light, const LensInput& input, const Camera& camera,
                    const Threads& threads) {
    if (camera.f_number <= 0) return;
    const int w = input.width_px, h = input.height_px;
    // Circle of confusion on a 36 mm wide picture, as a radius in pixels.
    const auto focal = static_cast<float>(camera.lens_mm / 1000),
               focus = static_cast<float>(std::max(camera.focus_m, camera.lens_mm / 500));
    const float scale = focal * focal / static_cast<float>(camera.f_number) / (focus - focal) *
                        0.5f * static_cast<float>(w) / 0.036f;
    const float most = 0.018f * static_cast<float>(w);
    std::vector<float> radius(light.size());  // > 0 behind the sharp plane, < 0 in front
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            const float z = input.depth_m(x, y);
            const float c = z > 0 ? scale * (z - focus) / z : scale;
            radius[static_cast<size_t>(y) * w + static_cast<size_t>(x)] =
                std::clamp(c, -most, most);
        }
    });
    // The widest foreground blur near by, so that it may spread over what is sharp.
    constexpr int kCell = 8;
    const int cw = (w + kCell - 1) / kCell, ch = (h + kCell - 1) / kCell;
    std::vector<float> widest(static_cast<size_t>(cw) * ch, 0);
    for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            float& cell = widest[static_cast<size_t>(y / kCell * cw + x / kCell)];
            cell = std::max(cell, -radius[static_cast<size_t>(y) * w + static_cast<size_t>(x)]);
        }
    }
    std::vector<float> spread(widest.size(), 0);
    const int cells = static_cast<int>(most) / kCell + 1;
    for (int y = 0; y < ch; ++y) {
        for (int x = 0; x < cw; ++x) {
            float& reach = spread[static_cast<size_t>(y * cw + x)];
            for (int j = std::max(0, y - cells); j <= std::min(ch - 1, y + cells); ++j) {
                for (int i = std::max(0, x - cells); i <= std::min(cw - 1, x + cells); ++i) {
                    const float v = widest[static_cast<size_t>(j * cw + i)];
                    const auto away = static_cast<float>(
                        (std::max(std::abs(i - x), std::abs(j - y)) - 1) * kCell);
                    if (v > reach && v > away) reach = v;
                }
            }
        }
    }
    const std::vector<Vec3f> sharp = light;
    constexpr int kTaps = 44;
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            const size_t p = static_cast<size_t>(y) * w + static_cast<size_t>(x);
            const float reach = std::max(std::abs(radius[p]),
                                         spread[static_cast<size_t>(y / kCell * cw + x / kCell)]);
            if (reach < 0.6f) continue;
            Vec3f sum = sharp[p];
            float weight = 1;
            const float turn = 6.2831853f * dither(x, y);
            for (int t = 0; t < kTaps; ++t) {
                const float r = reach * std::sqrt((static_cast<float>(t) + 0.5f) / kTaps),
                            a = turn + 2.39996323f * static_cast<float>(t);
                const int i = std::clamp(
                    static_cast<int>(std::lround(static_cast<float>(x) + r * std::cos(a))), 0,
                    w - 1);
                const int j = std::clamp(
                    static_cast<int>(std::lround(static_cast<float>(y) + r * std::sin(a))), 0,
                    h - 1);
                const size_t q = static_cast<size_t>(j) * w + static_cast<size_t>(i);
                // A tap counts as far as its own spot covers this pixel; what lies behind is
                // blurred no wider than this pixel itself.
                float spot = std::abs(radius[q]);
                if (radius[q] > radius[p])
                    spot = std::min(spot, std::max(0.f, std::abs(radius[p])));
                const float k = std::clamp(spot - r + 0.5f, 0.f, 1.f);
                sum += sharp[q] * k;
                weight += k;
            }
            light[p] = sum / weight;
        }
    });
}

void glare(std::vector<Vec3f>& light, int w, int h, float share, const Threads& threads) {
    constexpr int kScale = 4;
    const int sw = (w + kScale - 1) / kScale, sh = (h + kScale - 1) / kScale;
    std::vector<Vec3f> small(static_cast<size_t>(sw) * sh), blurred(small.size());
    threads.for_each(sh, [&](int y) {
        for (int x = 0; x < sw; ++x) {
            Vec3f sum{};
            float n = 0;
            for (int j = y * kScale; j < std::min(h, (y + 1) * kScale); ++j) {
                for (int i = x * kScale; i < std::min(w, (x + 1) * kScale); ++i) {
                    sum += light[static_cast<size_t>(j) * w + static_cast<size_t>(i)];
                    n += 1;
                }
            }
            small[static_cast<size_t>(y) * sw + static_cast<size_t>(x)] = sum / n;
        }
    });
    // Three box passes each way are close to a gaussian.
    const int radius = std::max(1, sw / 48);
    const auto box = [&](std::vector<Vec3f>& to, const std::vector<Vec3f>& from, bool across) {
        const int lines = across ? sh : sw, count = across ? sw : sh;
        threads.for_each(lines, [&](int line) {
            const auto at = [&](int i) {
                i = std::clamp(i, 0, count - 1);
                return across ? static_cast<size_t>(line) * sw + static_cast<size_t>(i)
                              : static_cast<size_t>(i) * sw + static_cast<size_t>(line);
            };
            for (int i = 0; i < count; ++i) {
                Vec3f sum{};
                for (int k = -radius; k <= radius; ++k) sum += from[at(i + k)];
                to[at(i)] = sum / static_cast<float>(2 * radius + 1);
            }
        });
    };
    for (int pass = 0; pass < 3; ++pass) {
        box(blurred, small, true);
        box(small, blurred, false);
    }
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            const float fx = std::clamp((static_cast<float>(x) + 0.5f) / kScale - 0.5f, 0.f,
                                        static_cast<float>(sw - 1));
            const float fy = std::clamp((static_cast<float>(y) + 0.5f) / kScale - 0.5f, 0.f,
                                        static_cast<float>(sh - 1));
            const int x0 = static_cast<int>(fx), y0 = static_cast<int>(fy),
                      x1 = std::min(x0 + 1, sw - 1), y1 = std::min(y0 + 1, sh - 1);
            const float u = fx - static_cast<float>(x0), v = fy - static_cast<float>(y0);
            const auto at = [&](int i, int j) {
                return small[static_cast<size_t>(j) * sw + static_cast<size_t>(i)];
            };
            const Vec3f spread = base::lerp(base::lerp(at(x0, y0), at(x1, y0), u),
                                            base::lerp(at(x0, y1), at(x1, y1), u), v);
            Vec3f& c = light[static_cast<size_t>(y) * w + static_cast<size_t>(x)];
            c = c * (1 - share) + spread * share;
        }
    });
}

}  // namespace render
