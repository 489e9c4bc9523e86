// Reflection formulas: GGX (Walter et al. 2007; Smith height-correlated visibility, Heitz 2014),
// Fresnel by Schlick (1994) and exactly for glass, directional albedo of the glossy lobe by the fit
// of Karis, "Physically Based Shading on Mobile" (2014).
#pragma once

#include "render/material/surface.h"
#include "render/scene/placement.h"

namespace render {

inline Vec3f reflect(Vec3f d, Vec3f n) { return d - n * (2 * dot(d, n)); }

// `eta` = index on this side / index beyond. False on total internal reflection.
inline bool refract(Vec3f d, Vec3f n, float eta, Vec3f& out) {
    const float c = -dot(d, n), k = 1 - eta * eta * (1 - c * c);
    if (k < 0) return false;
    out = normalize(d * eta + n * (eta * c - std::sqrt(k)));
    return true;
}

// Share reflected by a smooth dielectric face, unpolarised.
inline float fresnel_dielectric(float cosine, float eta) {
    const float s2 = eta * eta * (1 - cosine * cosine);
    if (s2 >= 1) return 1;
    const float t = std::sqrt(1 - s2);
    const float a = (eta * cosine - t) / (eta * cosine + t);
    const float b = (cosine - eta * t) / (cosine + eta * t);
    return 0.5f * (a * a + b * b);
}

inline float pow5(float x) { return x * x * x * x * x; }
inline Vec3f schlick(Vec3f f0, float cosine) {
    return f0 + (Vec3f{1, 1, 1} - f0) * pow5(1 - std::clamp(cosine, 0.f, 1.f));
}

// Average reflectance of the lobe toward cosine `nv`, over all incoming light.
inline Vec3f lobe_albedo(Vec3f f0, float roughness, float nv) {
    const float rx = 1 - roughness, ry = 0.0425f - 0.0275f * roughness;
    const float rz = 1.04f - 0.572f * roughness, rw = 0.022f * roughness - 0.04f;
    const float a004 = std::min(rx * rx, std::exp2(-9.28f * nv)) * rx + ry;
    const float scale = -1.04f * a004 + rz, bias = 1.04f * a004 + rw;
    return base::min(f0 * scale + Vec3f{bias, bias, bias}, Vec3f{1, 1, 1});
}

// BRDF times cosine of the light.
inline Vec3f ggx(Vec3f f0, float alpha, Vec3f n, Vec3f v, Vec3f l) {
    const Vec3f h = normalize(v + l);
    const float nl = dot(n, l), nv = std::max(1e-3f, dot(n, v)), nh = std::max(0.f, dot(n, h));
    if (nl <= 0) return {};
    const float a2 = alpha * alpha, d = nh * nh * (a2 - 1) + 1;
    const float distribution = a2 / (3.14159265f * d * d);
    const float visibility =
        0.5f / (nl * std::sqrt(nv * nv * (1 - a2) + a2) + nv * std::sqrt(nl * nl * (1 - a2) + a2));
    return schlick(f0, dot(v, h)) * (distribution * visibility * nl);
}

// Visible half vector (Heitz 2018, "Sampling the GGX Distribution of Visible Normals").
inline Vec3f visible_half_vector(Vec3f n, Vec3f v, float alpha, Vec2f u) {
    const Vec3f tx = base::any_perpendicular(n), ty = cross(n, tx);
    const Vec3f local = normalize(Vec3f{alpha * dot(v, tx), alpha * dot(v, ty), dot(v, n)});
    const float lensq = local.x * local.x + local.y * local.y;
    const Vec3f t1 = lensq > 0 ? Vec3f{-local.y, local.x, 0} / std::sqrt(lensq) : Vec3f{1, 0, 0};
    const Vec3f t2 = cross(local, t1);
    const float r = std::sqrt(u.x), phi = 6.2831853f * u.y;
    const float a = r * std::cos(phi);
    float b = r * std::sin(phi);
    const float s = 0.5f * (1 + local.z);
    b = (1 - s) * std::sqrt(std::max(0.f, 1 - a * a)) + s * b;
    const Vec3f m = t1 * a + t2 * b + local * std::sqrt(std::max(0.f, 1 - a * a - b * b));
    const Vec3f h = normalize(Vec3f{alpha * m.x, alpha * m.y, std::max(0.f, m.z)});
    return normalize(tx * h.x + ty * h.y + n * h.z);
}

// A Surface sorted into what the integrator does with it.
struct Lobes {
    Vec3f albedo;  // of the diffuse lobe
    Vec3f f0;      // of the glossy lobe that is traced
    float roughness = 1;
    Vec3f base_f0;  // under a coat: the lobe that only lamps see; else zero
    float base_roughness = 1;
    float wrap = 0;

    Lobes(const Surface& s, float nv) {
        const float dielectric = 0.08f * s.specular;
        const Vec3f plain{dielectric, dielectric, dielectric};
        f0 = base::lerp(plain, s.albedo, s.metallic);
        roughness = s.roughness;
        albedo = s.albedo * ((1 - s.metallic) * (1 - s.transmission));
        if (s.clearcoat > 0.05f && s.metallic < 0.5f) {
            base_f0 = f0 * (1 - 0.5f * s.clearcoat);
            base_roughness = roughness;
            const float coat = 0.04f * s.clearcoat;
            f0 = {coat, coat, coat};
            roughness = std::max(0.02f, s.clearcoat_roughness);
        }
        if (s.metallic < 0.99f) {
            const Vec3f mirrored = lobe_albedo(f0, roughness, nv);
            albedo = albedo * (1 - std::max({mirrored.x, mirrored.y, mirrored.z}));
            const float rim = s.sheen * 0.35f * (1 - nv) * (1 - nv) * (1 - nv);
            albedo = base::min(albedo + Vec3f{rim, rim, rim}, Vec3f{1, 1, 1});
        }
        wrap = 0.4f * s.subsurface;
    }
};

}  // namespace render
