// Lamps and sun at a surface: resampling, shadows, shadows of transparent things.
#include "base/math/colour.h"
#include "render/integrate/tracer.h"

namespace render {
namespace {

constexpr float kInvPi = 0.31830989f;

float fraction(float x) { return x - std::floor(x); }

}  // namespace

Tracer::Pick Tracer::pick_light(Vec3f p, Vec3f n, Vec3f v, const Lobes* lobes, bool lobe_sees_lamps,
                                Vec2f u, float pick) const {
    Pick chosen;
    const int count = table_.count;
    if (count == 0) return chosen;
    LightQuery query{};
    for (int k = 0; k < 3; ++k) {
        query.p[k] = p[k];
        query.n[k] = n[k];
        query.v[k] = v[k];
    }
    query.u0 = u.x;
    query.u1 = u.y;
    query.diffuse = kInvPi;
    float alphas[2]{};
    Vec3f f0s[2]{};
    if (lobes) {
        query.wrap = lobes->wrap;
        // A floor, so that places the lobes miss are not left to chance.
        query.diffuse = (base::luminance(lobes->albedo) + 0.02f) * kInvPi;
        const auto add = [&](Vec3f f0, float roughness) {
            const float shade = base::luminance(f0);
            if (!(shade > 0)) return;
            const int k = query.lobes++;
            f0s[k] = f0;
            alphas[k] = std::max(0.02f, roughness * roughness);
            query.f0[k] = shade;
            query.alpha2[k] = alphas[k] * alphas[k];
        };
        if (!lobe_sees_lamps) add(lobes->f0, lobes->roughness);
        add(lobes->base_f0, lobes->base_roughness);
    }
    LightGuess guess;
    guess_lights(guess, table_, query);
    const float soften = 1 / ((1 + query.wrap) * (1 + query.wrap));
    const auto shade = [&](const LightSample& s, Vec3f& diffuse, Vec3f& specular) {
        const float cosine = dot(n, s.direction);
        diffuse = s.illuminance * (std::max(0.f, (cosine + query.wrap) * soften) * kInvPi);
        specular = {};
        for (int k = 0; k < query.lobes && cosine > 0; ++k)
            specular += ggx(f0s[k], alphas[k], n, v, s.direction) * s.illuminance;
    };
    // Spheres and distant lights, few, one by one.
    for (const int i : round_lights_) {
        const Light& light = lights_.lights[static_cast<size_t>(i)];
        const auto turn = static_cast<float>(i);
        const LightSample s = sample_light(light, p, fraction(u.x + 0.7548777f * turn),
                                           fraction(u.y + 0.5698403f * turn));
        guess.weight[i] = 0;
        if (s.distance <= 0) continue;
        Vec3f diffuse, specular;
        shade(s, diffuse, specular);
        guess.weight[i] =
            base::luminance(diffuse) * query.diffuse / kInvPi + base::luminance(specular);
    }
    for (const int i : slatted_lights_) {
        guess.weight[i] *= through_slats(lights_.lights[static_cast<size_t>(i)], p);
    }
    float total = 0;
    for (int i = 0; i < count; ++i) total += guess.weight[i];
    if (!(total > 0)) return chosen;
    float left = pick * total;
    int k = -1;
    for (int i = 0; i < count; ++i) {
        if (!(guess.weight[i] > 0)) continue;
        k = i;
        if (left < guess.weight[i]) break;
        left -= guess.weight[i];
    }
    const Light& light = lights_.lights[static_cast<size_t>(k)];
    LightSample s;
    if (light.kind == Light::Kind::Rectangle) {
        s.direction = {guess.dx[k], guess.dy[k], guess.dz[k]};
        s.distance = guess.distance[k];
        s.illuminance = light.luminance * guess.factor[k];
    } else {
        const auto turn = static_cast<float>(k);
        s = sample_light(light, p, fraction(u.x + 0.7548777f * turn),
                         fraction(u.y + 0.5698403f * turn));
    }
    s.illuminance = s.illuminance * through_slats(light, p);
    shade(s, chosen.diffuse, chosen.specular);
    const float scale = total / guess.weight[k];
    chosen.diffuse = chosen.diffuse * scale;
    chosen.specular = chosen.specular * scale;
    chosen.direction = s.direction;
    chosen.distance = s.distance;
    chosen.any = true;
    return chosen;
}

// What glass, nets and water let through. Straight lines: no focusing; the loss toward grazing
// faces stands for the light that a curved body bends away.
Vec3f Tracer::transmittance(Vec3f p, Vec3f direction, float distance, bool* moving) const {
    Vec3f through{1, 1, 1};
    if (!geometry_.rays().has_veils()) return through;
    float start = 0, entered = -1;
    for (int face = 0; face < 12; ++face) {
        const RayHit hit = geometry_.rays().intersect_veils(p, direction, start, distance);
        if (hit.instance < 0) break;
        start = hit.t + 1e-4f * std::max(1.f, hit.t);
        const SurfaceHit at = geometry_.resolve(hit, direction);
        if (moving) *moving |= geometry_.instance_moving(hit.instance);
        const Surface s = geometry_.surface(at, 0.01f, time_s_);
        if (s.opacity < 1 && s.transmission < 0.5f) {
            through = through * (1 - s.opacity);
        } else {
            const float cosine = std::abs(dot(direction, at.shading_normal));
            if (s.thin) {
                const float f = fresnel_dielectric(cosine, 1 / s.ior);
                through *= (s.albedo * s.transmission) * (1 - 2 * f / (1 + f));
            } else {
                const float f = fresnel_dielectric(cosine, 1 / s.ior);
                const float bend = at.part->water ? 1.f : 0.45f + 0.55f * cosine;
                through = through * ((1 - f) * bend * s.transmission);
                if (at.inside && entered >= 0) {
                    const Vec3f depth = s.absorption_per_m * (hit.t - entered);
                    through *= Vec3f{std::exp(-depth.x), std::exp(-depth.y), std::exp(-depth.z)};
                    entered = -1;
                } else if (!at.inside) {
                    entered = hit.t;
                } else if (at.part->water) {
                    // From under water: the way up to the surface.
                    const Vec3f depth = s.absorption_per_m * hit.t;
                    through *= Vec3f{std::exp(-depth.x), std::exp(-depth.y), std::exp(-depth.z)};
                }
            }
        }
        if (through.x + through.y + through.z < 1e-3f) return {};
    }
    return through;
}

Vec3f Tracer::shadowed(Vec3f p, const Pick& pick, bool* moving) const {
    const float reach = pick.distance * 0.999f - 1e-3f;
    if (geometry_.rays().occluded(p, pick.direction, 0, reach, kOpaque)) return {};
    return transmittance(p, pick.direction, reach, moving);
}

Vec3f Tracer::direct_diffuse(Vec3f p, Vec3f n, Vec2f u, float pick) const {
    const Pick chosen = pick_light(p, n, n, nullptr, true, u, pick);
    if (!chosen.any) return {};
    return chosen.diffuse * shadowed(off_surface(p, n), chosen, nullptr);
}

}  // namespace render
