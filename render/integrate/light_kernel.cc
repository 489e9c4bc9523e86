#include "render/integrate/light_kernel.h"

#include <bit>
#include <cmath>
#include <cstdint>

#include "base/cpu/kernel.h"
#include "base/math/colour.h"

namespace render {

LightTable::LightTable(const std::vector<Light>& lights)
    : count(static_cast<int>(std::min<size_t>(lights.size(), LightGuess::kMost))),
      padded((count + kLane - 1) / kLane * kLane),
      data(static_cast<size_t>(padded) * kFields, 0.f) {
    const auto set = [&](Field f, int i, float value) {
        data[static_cast<size_t>(f) * static_cast<size_t>(padded) + static_cast<size_t>(i)] = value;
    };
    for (int i = 0; i < count; ++i) {
        const Light& light = lights[static_cast<size_t>(i)];
        const Vec3f vectors[4] = {light.position, light.half_u, light.half_v, light.normal};
        for (int k = 0; k < 4; ++k) {
            for (int c = 0; c < 3; ++c) set(static_cast<Field>(3 * k + c), i, vectors[k][c]);
        }
        const auto turn = static_cast<float>(i);
        set(kOffsetU, i, 0.7548777f * turn - std::floor(0.7548777f * turn));
        set(kOffsetV, i, 0.5698403f * turn - std::floor(0.5698403f * turn));
        if (light.kind == Light::Kind::Rectangle) {
            const float area = 4 * length(cross(light.half_u, light.half_v));
            set(kArea, i, area);
            set(kNearest, i, area > 0 ? 1 / (0.02f * area) : 0);
            set(kLuma, i, base::luminance(light.luminance));
        }
    }
}

namespace {

// 1 / sqrt(x), x > 0, to 5 parts in a million: two of Newton's steps from the exponent's half
// (Lomont 2003, "Fast Inverse Square Root"). Roots and divisions took most of the loop's time, and
// processors' own estimates differ from one maker to the next, so films would.
AOZORA_INLINE float inverse_root(float x) {
    float y = std::bit_cast<float>(0x5f375a86 - (std::bit_cast<int32_t>(x) >> 1));
    y *= 1.5f - 0.5f * x * y * y;
    y *= 1.5f - 0.5f * x * y * y;
    return y;
}

AOZORA_INLINE float positive(float x) { return x > 0 ? x : 0; }

// One glossy lobe as a number: GGX times cosine. `eye` is what the eye's angle gives to the visible
// share, sqrt(nv^2 (1 - a2) + a2).
AOZORA_INLINE float gloss_of(float f0, float a2, float nh, float nl, float nv, float eye,
                             float m5) {
    const float e = nh * nh * (a2 - 1) + 1;
    const float fresnel = f0 + (1 - f0) * m5;
    const float light2 = nl * nl * (1 - a2) + a2;
    const float masked = nl * eye + nv * light2 * inverse_root(light2) + 1e-6f;
    const float root = inverse_root(3.14159265f * e * e * masked);
    return 0.5f * fresnel * a2 * nl * root * root;
}

// kLobes: of how many glossy lobes the query has the first.
template <int kLobes>
AOZORA_INLINE void guess_with(LightGuess& guess, const float* __restrict table, int padded,
                              const LightQuery& query) {
    // Copies, so that no store can be thought to change an input.
    const LightQuery q = query;
    float* __restrict out_weight = guess.weight;
    float* __restrict out_dx = guess.dx;
    float* __restrict out_dy = guess.dy;
    float* __restrict out_dz = guess.dz;
    float* __restrict out_distance = guess.distance;
    float* __restrict out_factor = guess.factor;
    const auto at = [&](LightTable::Field f) { return table + static_cast<long>(f) * padded; };
    const float *px = at(LightTable::kPx), *py = at(LightTable::kPy), *pz = at(LightTable::kPz);
    const float *ux = at(LightTable::kUx), *uy = at(LightTable::kUy), *uz = at(LightTable::kUz);
    const float *vx = at(LightTable::kVx), *vy = at(LightTable::kVy), *vz = at(LightTable::kVz);
    const float *nx = at(LightTable::kNx), *ny = at(LightTable::kNy), *nz = at(LightTable::kNz);
    const float *area = at(LightTable::kArea), *luma = at(LightTable::kLuma);
    const float* nearest = at(LightTable::kNearest);
    const float *ou = at(LightTable::kOffsetU), *ov = at(LightTable::kOffsetV);
    float nv = q.n[0] * q.v[0] + q.n[1] * q.v[1] + q.n[2] * q.v[2];
    nv = nv > 1e-3f ? nv : 1e-3f;
    float eye[2];
    for (int k = 0; k < 2; ++k) eye[k] = std::sqrt(nv * nv * (1 - q.alpha2[k]) + q.alpha2[k]);
    const float soften = 1 / ((1 + q.wrap) * (1 + q.wrap));
#pragma GCC ivdep
    for (int i = 0; i < padded; ++i) {
        float a = q.u0 + ou[i], b = q.u1 + ov[i];
        a = a >= 1 ? a - 1 : a;
        b = b >= 1 ? b - 1 : b;
        a = 2 * a - 1;
        b = 2 * b - 1;
        const float x = px[i] + a * ux[i] + b * vx[i] - q.p[0];
        const float y = py[i] + a * uy[i] + b * vy[i] - q.p[1];
        const float z = pz[i] + a * uz[i] + b * vz[i] - q.p[2];
        float d2 = x * x + y * y + z * z;
        d2 = d2 > 1e-6f ? d2 : 1e-6f;
        const float inverse = inverse_root(d2), inverse2 = inverse * inverse;
        const float lx = x * inverse, ly = y * inverse, lz = z * inverse;
        const float facing = positive(-(lx * nx[i] + ly * ny[i] + lz * nz[i]));
        const float factor = area[i] * facing * (inverse2 < nearest[i] ? inverse2 : nearest[i]);
        const float nl = lx * q.n[0] + ly * q.n[1] + lz * q.n[2];
        float light = q.diffuse * positive((nl + q.wrap) * soften);
        if constexpr (kLobes > 0) {  // as luminances
            const float hx = lx + q.v[0], hy = ly + q.v[1], hz = lz + q.v[2];
            const float ih = inverse_root(hx * hx + hy * hy + hz * hz + 1e-9f);
            const float nh = positive((hx * q.n[0] + hy * q.n[1] + hz * q.n[2]) * ih);
            const float vh = positive((hx * q.v[0] + hy * q.v[1] + hz * q.v[2]) * ih);
            const float up = positive(nl);
            const float m = 1 - vh, m5 = m * m * m * m * m;
#pragma GCC unroll 2
            for (int k = 0; k < kLobes; ++k)
                light += gloss_of(q.f0[k], q.alpha2[k], nh, up, nv, eye[k], m5);
        }
        out_factor[i] = factor;
        out_weight[i] = luma[i] * factor * light;
        out_dx[i] = lx;
        out_dy[i] = ly;
        out_dz[i] = lz;
        out_distance[i] = d2 * inverse;
    }
}

AOZORA_INLINE void guess_body(LightGuess& guess, const float* table, int padded,
                              const LightQuery& query) {
    if (query.lobes == 0) guess_with<0>(guess, table, padded, query);
    else if (query.lobes == 1) guess_with<1>(guess, table, padded, query);
    else guess_with<2>(guess, table, padded, query);
}

AOZORA_KERNEL(guess, (LightGuess & out, const float* table, int padded, const LightQuery& q),
              (out, table, padded, q))

}  // namespace

void guess_lights(LightGuess& out, const LightTable& table, const LightQuery& query) {
    guess(out, table.data.data(), table.padded, query);
}

}  // namespace render
