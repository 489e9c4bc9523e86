#include "render/material/grain.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/core/check.h"
#include "render/material/grain_recipes.h"

namespace render {

GrainSample Grain::sample(float u, float v, float texels) const {
    const float wanted = texels <= 1 ? 0 : std::log2(texels);
    const int top = log2_size_;
    const float clamped = std::min(wanted, static_cast<float>(top));
    const int fine = static_cast<int>(clamped);
    const float between = clamped - static_cast<float>(fine);
    float sum[kChannels] = {};
    u -= std::floor(u);
    v -= std::floor(v);
    const auto add = [&](int level, float weight) {
        const int n = size_ >> level, mask = n - 1;
        const float x = u * static_cast<float>(n) - 0.5f, y = v * static_cast<float>(n) - 0.5f;
        const float fx = std::floor(x), fy = std::floor(y);
        const float a = x - fx, b = y - fy;
        const int x0 = static_cast<int>(fx) & mask, x1 = (x0 + 1) & mask;
        const int y0 = static_cast<int>(fy) & mask, y1 = (y0 + 1) & mask;
        const uint8_t* base = levels_[static_cast<size_t>(level)].data();
        const auto texel = [&](int tx, int ty) {
            return base + static_cast<size_t>(ty * n + tx) * kChannels;
        };
        const uint8_t *p = texel(x0, y0), *q = texel(x1, y0), *r = texel(x0, y1),
                      *s = texel(x1, y1);
        const float wp = weight * (1 - a) * (1 - b), wq = weight * a * (1 - b);
        const float wr = weight * (1 - a) * b, ws = weight * a * b;
        for (int c = 0; c < kChannels; ++c) {
            sum[c] += wp * static_cast<float>(p[c]) + wq * static_cast<float>(q[c]) +
                      wr * static_cast<float>(r[c]) + ws * static_cast<float>(s[c]);
        }
    };
    add(fine, 1 - between);
    if (between > 0.02f && fine < top) {
        add(fine + 1, between);
    } else if (between > 0) {
        const float rest = 1 / (1 - between);
        for (float& channel : sum) channel *= rest;
    }
    GrainSample out;
    constexpr float kUnit = 1.f / 127.5f;
    out.tint = {sum[0] * kUnit, sum[1] * kUnit, sum[2] * kUnit};
    out.slope_u = sum[3] * kUnit - 1;
    out.slope_v = sum[4] * kUnit - 1;
    out.roughness = sum[5] * (1.f / 255.f) - 0.5f;
    out.cavity = sum[6] * (1.f / 255.f);
    return out;
}

class GrainBaker {
public:
    static std::unique_ptr<Grain> bake(const GrainRecipe& recipe) {
        auto grain = std::make_unique<Grain>();
        const int n = recipe.size;
        CHECK((n & (n - 1)) == 0, "a grain is a power of two wide");
        grain->size_ = n;
        while ((1 << grain->log2_size_) < n) ++grain->log2_size_;
        std::vector<GrainTexel> texels(static_cast<size_t>(n) * n);
        // Isolated: find_grain() holds its lock, so this thread must not pick up work that asks for
        // another grain while it waits for the last rows.
        tbb::this_task_arena::isolate([&] {
            tbb::parallel_for(0, n, [&](int y) {
                for (int x = 0; x < n; ++x) {
                    texels[static_cast<size_t>(y) * n + x] = recipe.paint(
                        (static_cast<float>(x) + 0.5f) / n, (static_cast<float>(y) + 0.5f) / n);
                }
            });
        });
        // Tint is measured against its mean, so a grain never changes the colour seen from afar.
        base::Vec3f mean{};
        for (const GrainTexel& t : texels) mean += t.tint;
        mean = mean / static_cast<float>(texels.size());
        const auto byte = [](float value) {
            return static_cast<uint8_t>(std::clamp(value, 0.f, 255.f) + 0.5f);
        };
        auto& fine = grain->levels_.emplace_back(static_cast<size_t>(n) * n * Grain::kChannels);
        for (int y = 0; y < n; ++y) {
            for (int x = 0; x < n; ++x) {
                const auto at = [&](int i, int j) -> const GrainTexel& {
                    return texels[static_cast<size_t>((j + n) % n) * n + (i + n) % n];
                };
                const GrainTexel& t = at(x, y);
                // Heights are in texels, so their difference is a slope.
                const float su = (at(x + 1, y).height - at(x - 1, y).height) * 0.5f;
                const float sv = (at(x, y + 1).height - at(x, y - 1).height) * 0.5f;
                uint8_t* out = fine.data() + (static_cast<size_t>(y) * n + x) * Grain::kChannels;
                out[0] = byte(t.tint.x / mean.x * 127.5f);
                out[1] = byte(t.tint.y / mean.y * 127.5f);
                out[2] = byte(t.tint.z / mean.z * 127.5f);
                out[3] = byte((su + 1) * 127.5f);
                out[4] = byte((sv + 1) * 127.5f);
                out[5] = byte((t.roughness + 0.5f) * 255.f);
                out[6] = byte(t.cavity * 255.f);
                out[7] = 0;
            }
        }
        for (int half = n / 2; half >= 1; half /= 2) {
            const std::vector<uint8_t>& below = grain->levels_.back();
            std::vector<uint8_t> level(static_cast<size_t>(half) * half * Grain::kChannels);
            const int wide = half * 2;
            for (int y = 0; y < half; ++y) {
                for (int x = 0; x < half; ++x) {
                    for (int c = 0; c < Grain::kChannels; ++c) {
                        const auto get = [&](int i, int j) {
                            return static_cast<int>(
                                below[(static_cast<size_t>(2 * y + j) * wide + 2 * x + i) *
                                          Grain::kChannels +
                                      static_cast<size_t>(c)]);
                        };
                        const int sum = get(0, 0) + get(1, 0) + get(0, 1) + get(1, 1);
                        level[(static_cast<size_t>(y) * half + x) * Grain::kChannels +
                              static_cast<size_t>(c)] = static_cast<uint8_t>((sum + 2) / 4);
                    }
                }
            }
            grain->levels_.push_back(std::move(level));
        }
        return grain;
    }
};

const Grain* find_grain(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<Grain>, std::less<>> baked;
    const std::lock_guard lock(mutex);
    const auto known = baked.find(name);
    if (known != baked.end()) return known->second.get();
    for (const GrainRecipe& recipe : grain_recipes()) {
        if (recipe.name == name) {
            return baked.emplace(std::string(name), GrainBaker::bake(recipe)).first->second.get();
        }
    }
    return nullptr;
}

std::vector<std::string_view> grain_names() {
    std::vector<std::string_view> names;
    for (const GrainRecipe& recipe : grain_recipes()) names.push_back(recipe.name);
    return names;
}

}  // namespace render
