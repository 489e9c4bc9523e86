#include "render/integrate/light_kernel.h"

#include <cmath>

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
            set(kArea, i, 4 * length(cross(light.half_u, light.half_v)));
            set(kLuma, i, base::luminance(light.luminance));
        }
    }
}

namespace {

// One glossy lobe as a number: GGX times cosine.
AOZORA_INLINE float gloss_of(float f0, float a2, float nh, float nl, float nv, float m5) {
    const float e = nh * nh * (a2 - 1) + 1;
    const float fresnel = f0 + (f0 > 0 ? 1 - f0 : 0) * m5;
    const float visible = 0.5f / (nl * std::sqrt(nv * nv * (1 - a2) + a2) +
                                  nv * std::sqrt(nl * nl * (1 - a2) + a2) + 1e-6f);
    return fresnel * a2 / (3.14159265f * e * e) * visible * nl;
}

AOZORA_INLINE void guess_body(LightGuess& guess, const float* __restrict table, int padded,
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
    const float *ou = at(LightTable::kOffsetU), *ov = at(LightTable::kOffsetV);
    float nv = q.n[0] * q.v[0] + q.n[1] * q.v[1] + q.n[2] * q.v[2];
    nv = nv > 1e-3f ? nv : 1e-3f;
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
        const float inverse = 1 / std::sqrt(d2);
        const float lx = x * inverse, ly = y * inverse, lz = z * inverse;
        float facing = -(lx * nx[i] + ly * ny[i] + lz * nz[i]);
        facing = facing > 0 ? facing : 0;
        const float closest = 0.02f * area[i];
        const float factor = area[i] * facing / (d2 > closest ? d2 : closest);
        const float nl = lx * q.n[0] + ly * q.n[1] + lz * q.n[2];
        float soft = (nl + q.wrap) * soften;
        soft = soft > 0 ? soft : 0;
        // Both glossy lobes, as luminances.
        const float hx = lx + q.v[0], hy = ly + q.v[1], hz = lz + q.v[2];
        const float h2 = hx * hx + hy * hy + hz * hz + 1e-9f, ih = 1 / std::sqrt(h2);
        float nh = (hx * q.n[0] + hy * q.n[1] + hz * q.n[2]) * ih;
        nh = nh > 0 ? nh : 0;
        float vh = (hx * q.v[0] + hy * q.v[1] + hz * q.v[2]) * ih;
        vh = vh > 0 ? vh : 0;
        const float up = nl > 0 ? nl : 0;
        const float m = 1 - vh, m5 = m * m * m * m * m;
        const float gloss = gloss_of(q.f0[0], q.alpha2[0], nh, up, nv, m5) +
                            gloss_of(q.f0[1], q.alpha2[1], nh, up, nv, m5);
        out_factor[i] = factor;
        out_weight[i] = luma[i] * factor * (q.diffuse * soft + gloss);
        out_dx[i] = lx;
        out_dy[i] = ly;
        out_dz[i] = lz;
        out_distance[i] = d2 * inverse;
    }
}

AOZORA_KERNEL(guess, (LightGuess & out, const float* table, int padded, const LightQuery& q),
              (out, table, padded, q))

}  // namespace

void guess_lights(LightGuess& out, const LightTable& table, const LightQuery& query) {
    guess(out, table.data.data(), table.padded, query);
}

}  // namespace render
