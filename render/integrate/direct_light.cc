// Lamps and sun at a surface: resampling, shadows, shadows of transparent things.
#include "base/math/colour.h"
#include "render/integrate/tracer.h"

namespace render {
namespace {

constexpr float kInvPi = 0.31830989f;
constexpr size_t kMostCandidates = 20;

float fraction(float x) { return x - std::floor(x); }

}  // namespace

Tracer::Pick Tracer::pick_light(Vec3f p, Vec3f n, Vec3f v, const Lobes* lobes, bool lobe_sees_lamps,
                                Vec2f u, float pick) const {
    Pick chosen;
    const size_t count = lights_.lights.size();
    if (count == 0) return chosen;
    // Very many lamps: every k-th, from a random start.
    const size_t stride = (count + kMostCandidates - 1) / kMostCandidates;
    size_t first = 0;
    if (stride > 1) {
        const float scaled = pick * static_cast<float>(stride);
        first = std::min(static_cast<size_t>(scaled), stride - 1);
        pick = scaled - static_cast<float>(first);
    }
    const float wrap = lobes ? lobes->wrap : 0;
    float total = 0, chosen_weight = 0;
    for (size_t i = first; i < count; i += stride) {
        const Light& light = lights_.lights[i];
        const auto turn = static_cast<float>(i);
        const LightSample s =
            sample_light(light, p, light.hard ? 0.5f : fraction(u.x + 0.7548777f * turn),
                         light.hard ? 0.5f : fraction(u.y + 0.5698403f * turn));
        const float cosine = dot(n, s.direction);
        const float soft = (cosine + wrap) / ((1 + wrap) * (1 + wrap));
        if (soft <= 0 || s.distance <= 0) continue;
        const Vec3f diffuse = s.illuminance * (soft * kInvPi);
        Vec3f specular{};
        float weight;
        if (lobes) {
            if (!lobe_sees_lamps && cosine > 0) {
                specular = ggx(lobes->f0, std::max(0.02f, lobes->roughness * lobes->roughness), n,
                               v, s.direction) *
                           s.illuminance;
            }
            if (lobes->base_f0.x > 0 && cosine > 0) {
                specular += ggx(lobes->base_f0,
                                std::max(0.02f, lobes->base_roughness * lobes->base_roughness), n,
                                v, s.direction) *
                            s.illuminance;
            }
            weight = base::luminance(lobes->albedo * diffuse + specular) +
                     0.02f * base::luminance(diffuse);
        } else {
            weight = base::luminance(diffuse);
        }
        if (!(weight > 0)) continue;
        total += weight;
        // One random number serves all choices, stretched back to [0, 1) after each.
        const float keep = weight / total;
        if (pick < keep) {
            chosen.direction = s.direction;
            chosen.distance = s.distance;
            chosen.diffuse = diffuse;
            chosen.specular = specular;
            chosen.any = true;
            chosen_weight = weight;
            pick = pick / keep;
        } else {
            pick = (pick - keep) / (1 - keep);
        }
        pick = std::min(pick, 0.99999994f);
    }
    if (!chosen.any) return chosen;
    const float scale = total / chosen_weight * static_cast<float>(stride);
    chosen.diffuse = chosen.diffuse * scale;
    chosen.specular = chosen.specular * scale;
    return chosen;
}

// What glass, nets and water let through. Straight lines: no focusing; the loss toward grazing
// faces stands for the light that a curved body bends away.
Vec3f Tracer::transmittance(Vec3f p, Vec3f direction, float distance, bool* moving) const {
    Vec3f through{1, 1, 1};
    if (!geometry_.has_glass()) return through;
    float start = 0, entered = -1;
    for (int face = 0; face < 12; ++face) {
        const RayHit hit = geometry_.rays().intersect(p, direction, start, distance,
                                                      kGlassy | kNetting | kWaterFace);
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
