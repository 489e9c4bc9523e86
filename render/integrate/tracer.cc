#include "render/integrate/tracer.h"

#include "base/math/colour.h"
#include "render/plate/plate.h"

namespace render {
namespace {

constexpr float kInvPi = 0.31830989f;
constexpr float kFar = 1e6f;
// Smoother than this, lamps are seen in the reflection ray; rougher, as highlights of the chosen
// light sample. Rougher than kTraced the lobe reads the probe grid.
constexpr float kLampsReflected = 0.14f, kTraced = 0.38f;
constexpr float kMirror = 0.07f;  // metals smoother than this replace the surface

Vec3f exp3(Vec3f v) { return {std::exp(v.x), std::exp(v.y), std::exp(v.z)}; }
float largest(Vec3f v) { return std::max({v.x, v.y, v.z}); }

float fresnel_thin(float f) { return 2 * f / (1 + f); }  // both faces, all echoes

}  // namespace

struct Tracer::Lane {
    Vec3f origin, direction, first_direction;
    RayHit ray;
    SurfaceHit hit;
    Surface surface;
    Vec3f throughput{1, 1, 1};
    Vec3f absorption{};       // of the matter the ray is in
    Vec3f mirrored_normal{};  // last mirror's, to turn motion into the virtual world
    float length = 0;
    int mirrors = 0;
    bool scatters = false;  // ended on a surface that is shaded
    bool plain = false;     // and was met at once
    bool moving = false;
    bool plate = false;  // the plate, met at once
};

Tracer::Tracer(const StageGeometry& geometry, const LightSet& lights, const Sky* sky,
               Vec3f void_light, float sky_scale, const TracerOptions& options)
    : geometry_(geometry),
      lights_(lights),
      sky_(sky),
      void_light_(void_light),
      sky_scale_(sky_scale),
      options_(options),
      table_(lights.lights),
      plate_(geometry.plate()) {
    for (int i = 0; i < table_.count; ++i) {
        const Light& light = lights.lights[static_cast<size_t>(i)];
        if (light.kind != Light::Kind::Rectangle) round_lights_.push_back(i);
        if (light.slats > 0) slatted_lights_.push_back(i);
    }
}

Vec3f Tracer::limited(Vec3f light) const {
    const float l = base::luminance(light);
    return l > limit_ ? light * (limit_ / l) : light;
}

Vec3f Tracer::background(Vec3f direction) const {
    if (plate_) return plate_->dome(direction);
    return sky_ ? sky_->radiance(direction) * sky_scale_ : void_light_;
}

Vec3f Tracer::seen_background(Vec3f origin, Vec3f direction) const {
    if (plate_) return plate_->around(origin, direction);
    return sky_ ? sky_->seen(direction) * sky_scale_ : void_light_;
}

Vec3f Tracer::lamp_light(const SurfaceHit& hit) const {
    const auto lamp = static_cast<size_t>(hit.part->lamp);
    if (hit.inside || lamp >= lights_.lamp_luminance.size()) return {};
    return lights_.lamp_luminance[lamp];
}

// A surface met by a secondary ray: direct light, probes, and its gloss from the probes.
Vec3f Tracer::plain_light(const SurfaceHit& hit, const Surface& s, Vec3f direction,
                          const Sampler& sampler, uint32_t dimension, bool* moving) const {
    const Vec3f v = -direction, n = s.normal;
    const float nv = std::max(0.02f, dot(n, v));
    const Lobes lobes(s, nv);
    const Vec3f p =
        off_surface(hit.position, hit.inside ? -hit.geometric_normal : hit.geometric_normal);
    const Pick pick =
        pick_light(p, n, v, &lobes, lobes.roughness < kLampsReflected,
                   sampler.two(dimension + kLightPointDim), sampler.one(dimension + kLightPickDim));
    Vec3f light = s.emission * emission_scale_;
    if (pick.any)
        light += (lobes.albedo * pick.diffuse + pick.specular) * shadowed(p, pick, moving);
    if (probes_) {
        const Harmonics field = probes_->at(p + n * 0.1f);
        light += lobes.albedo * field.irradiance(n) * (kInvPi * options_.indirect);
        light += lobe_albedo(lobes.f0, lobes.roughness, nv) * field.radiance(reflect(direction, n));
    }
    return light;
}

Vec3f Tracer::returned_light(const SurfaceHit& hit, const Sampler& sampler) const {
    const Surface& look = geometry_.looks().mean(hit.part->look);
    const Vec3f white = (hit.part->lamp < 0) ? direct_diffuse(hit.position, hit.shading_normal,
                                                              sampler.two(kGatherLightDim),
                                                              sampler.one(kGatherLightDim + 1))
                                             : Vec3f{};
    const Vec3f albedo = geometry_.mean_albedo(hit);
    Vec3f light = albedo * white + look.emission * emission_scale_;
    if (probes_) {
        const Vec3f all = hit.part->plate ? albedo : look.albedo;
        light +=
            all *
            probes_->at(hit.position + hit.shading_normal * 0.1f).irradiance(hit.shading_normal) *
            kInvPi;
    }
    return light;
}

Tracer::Path Tracer::trace(Vec3f origin, Vec3f direction, const Sampler& sampler,
                           uint32_t dimension, float footprint_m, float cone, bool lamps_seen,
                           Vec3f absorption, int depth) const {
    Path path;
    Vec3f throughput{1, 1, 1};
    float length = 0;
    for (int face = 0; face < depth; ++face, dimension += kPerBounce) {
        const uint32_t mask =
            lamps_seen || face > 0 ? kEverything : kEverything & ~(kLamp | kHiddenLamp);
        const RayHit ray = geometry_.rays().intersect(origin, direction, 0, kFar, mask);
        if (ray.instance < 0) {
            path.light += throughput *
                          (lamps_seen ? seen_background(origin, direction) : background(direction));
            return path;
        }
        const SurfaceHit hit = geometry_.resolve(ray, direction);
        length += hit.t;
        if (face == 0) path.first_distance = hit.t;
        path.moving |= geometry_.instance_moving(ray.instance);
        throughput *= exp3(absorption * -hit.t);
        if (hit.part->lamp >= 0) {
            path.light += throughput * lamp_light(hit);
            return path;
        }
        const Surface s = geometry_.surface(hit, footprint_m + cone * length, time_s_);
        const Vec3f outward = hit.inside ? -hit.geometric_normal : hit.geometric_normal;
        if (s.opacity < 1 && sampler.one(dimension + kOpacityDim) >= s.opacity) {
            origin = off_surface(hit.position, -outward);
            continue;
        }
        const Vec3f n = s.normal;
        const float cosine = std::max(1e-3f, -dot(direction, n));
        if (s.transmission > 0.5f) {
            const float eta = hit.inside ? s.ior : 1 / s.ior;
            float f = fresnel_dielectric(cosine, s.thin ? 1 / s.ior : eta);
            if (s.thin) f = fresnel_thin(f);
            path.light += throughput * s.emission * emission_scale_;
            // The stronger branch, always: paths behind the first faces carry little.
            if (f > 0.5f) {
                direction = reflect(direction, n);
                origin = off_surface(hit.position, outward);
                if (!hit.inside) throughput = throughput * f;
                continue;
            }
            Vec3f bent = direction;
            if (!s.thin) {
                refract(direction, n, eta, bent);
                absorption = hit.inside ? Vec3f{} : s.absorption_per_m;
            } else {
                throughput *= s.albedo;
            }
            throughput = throughput * (1 - f);
            direction = bent;
            origin = off_surface(hit.position, -outward);
            continue;
        }
        if (s.metallic > 0.5f && s.roughness < 0.25f) {
            path.light += throughput * s.emission * emission_scale_;
            Vec3f half = n;
            if (s.roughness > kMirror) {
                half = visible_half_vector(n, -direction, s.roughness * s.roughness,
                                           sampler.two(dimension + kLobeDim));
            }
            throughput *= schlick(s.albedo, -dot(direction, half));
            const Vec3f mirrored = reflect(direction, half);
            direction = dot(mirrored, outward) > 0 ? mirrored : reflect(direction, outward);
            origin = off_surface(hit.position, outward);
            lamps_seen = true;
            continue;
        }
        path.light += throughput * plain_light(hit, s, direction, sampler, dimension, &path.moving);
        return path;
    }
    // Lost in glass: the average light of the place instead of a black dot.
    if (probes_) path.light += throughput * probes_->at(origin).radiance(direction);
    return path;
}

// From the eye to the first surface that scatters.
void Tracer::follow(Lane& lane, const CameraFrame& now, const Sampler& sampler,
                    PixelSample& out) const {
    uint32_t dimension = kPerBounce;
    int splits = 0;
    for (int face = 0; face < 10; ++face, dimension += kPerBounce) {
        if (lane.ray.instance < 0) {
            if (plate_ && face == 0) {
                lane.plate = true;
                return;
            }
            out.emitted += lane.throughput * seen_background(lane.origin, lane.direction);
            lane.length = face == 0 ? 0 : lane.length;
            return;
        }
        lane.hit = geometry_.resolve(lane.ray, lane.direction);
        const SurfaceHit& hit = lane.hit;
        lane.length += hit.t;
        lane.moving |= geometry_.instance_moving(lane.ray.instance);
        lane.throughput *= exp3(lane.absorption * -hit.t);
        if (hit.part->plate && face == 0) {
            lane.plate = lane.plain = true;
            return;
        }
        if (hit.part->lamp >= 0) {
            out.emitted += lane.throughput * lamp_light(hit);
            return;
        }
        const float angle = now.pixel_angle();
        const float footprint = lane.length * angle /
                                std::max(0.15f, std::abs(dot(lane.direction, hit.shading_normal)));
        lane.surface = geometry_.surface(hit, footprint, time_s_);
        const Surface& s = lane.surface;
        const Vec3f outward = hit.inside ? -hit.geometric_normal : hit.geometric_normal;
        out.emitted += lane.throughput * s.emission * emission_scale_;
        const auto go_on = [&](Vec3f origin, Vec3f direction, bool behind_glass) {
            lane.origin = origin;
            lane.direction = direction;
            lane.ray = geometry_.rays().intersect(origin, direction, 0, kFar,
                                                  behind_glass ? kSeen : kEverything);
        };
        if (s.opacity < 1 && sampler.one(dimension + kOpacityDim) >= s.opacity) {
            go_on(off_surface(hit.position, -outward), lane.direction, true);
            continue;
        }
        Vec3f n = s.normal;
        if (dot(n, lane.direction) > -1e-3f) n = outward;
        const float cosine = std::max(1e-3f, -dot(lane.direction, n));
        if (s.transmission > 0.5f) {
            if (s.roughness > 0.12f) {  // frosted
                n = visible_half_vector(n, -lane.direction, s.roughness * s.roughness,
                                        sampler.two(dimension + kLobeDim));
            }
            const float eta = hit.inside ? s.ior : 1 / s.ior;
            float f = fresnel_dielectric(std::max(1e-3f, -dot(lane.direction, n)),
                                         s.thin ? 1 / s.ior : eta);
            if (s.thin) f = fresnel_thin(f);
            const Vec3f mirrored = reflect(lane.direction, n);
            Vec3f bent = lane.direction;
            const bool passes = s.thin || refract(lane.direction, n, eta, bent);
            const Vec3f tint = s.thin ? s.albedo : Vec3f{1, 1, 1};
            const Vec3f beyond = s.thin       ? lane.absorption
                                 : hit.inside ? Vec3f{}
                                              : s.absorption_per_m;
            const Vec3f over = off_surface(hit.position, outward),
                        under = off_surface(hit.position, -outward);
            const bool reflects = f > 0.5f || !passes;
            const float weak = reflects ? 1 - f : f;
            const bool split = splits < 2 && weak > 0.003f && (reflects ? passes : true);
            if (split) {
                // Echoes inside the glass get a shorter path: they are faint.
                const int depth = hit.inside ? 3 : options_.path_depth;
                const Path path = reflects ? trace(under, bent, sampler, dimension, footprint,
                                                   angle, true, beyond, depth)
                                           : trace(over, mirrored, sampler, dimension, footprint,
                                                   angle, true, lane.absorption, depth);
                out.specular += limited(lane.throughput * path.light *
                                        (reflects ? tint * (1 - f) : Vec3f{f, f, f}));
                lane.moving |= path.moving;
            }
            ++splits;
            if (reflects) {
                lane.throughput = lane.throughput * (passes ? f : 1.f);
                if (!hit.inside) {
                    lane.mirrored_normal = n;
                    ++lane.mirrors;
                }
                go_on(over, mirrored, false);
            } else {
                lane.throughput *= tint * (1 - f);
                lane.absorption = beyond;
                go_on(under, bent, true);
            }
            continue;
        }
        if (s.metallic > 0.5f && s.roughness < kMirror) {
            lane.throughput *= schlick(s.albedo, cosine);
            lane.mirrored_normal = n;
            ++lane.mirrors;
            const Vec3f mirrored = reflect(lane.direction, n);
            go_on(off_surface(hit.position, outward),
                  dot(mirrored, outward) > 0 ? mirrored : reflect(lane.direction, outward), false);
            continue;
        }
        lane.surface.normal = n;
        lane.scatters = true;
        lane.plain = face == 0;
        return;
    }
    if (probes_) out.emitted += lane.throughput * probes_->at(lane.origin).radiance(lane.direction);
}

void Tracer::sample(const CameraFrame& now, const CameraFrame& before, const CameraFrame& close,
                    std::span<const PixelTask> tasks, PixelSample* out, bool watch_shadows) const {
    constexpr int kSize = RayPacket::kSize;
    const int count = static_cast<int>(tasks.size());
    Lane lanes[kSize];
    Vec2f at[kSize];
    RayPacket packet;
    const auto sampler_of = [&](int i) {
        return Sampler(options_.seed, tasks[static_cast<size_t>(i)].x,
                       tasks[static_cast<size_t>(i)].y, tasks[static_cast<size_t>(i)].sample);
    };
    for (int i = 0; i < kSize; ++i) {
        const PixelTask& task = tasks[static_cast<size_t>(std::min(i, count - 1))];
        // The same walk for all pixels: an even subpixel pattern over time, no extra noise.
        const Vec2f jitter = Sampler(1, 0, 0, task.sample).two(kPixelDim);
        at[i] = {static_cast<float>(task.x) + jitter.x, static_cast<float>(task.y) + jitter.y};
        lanes[i].origin = now.eye;
        lanes[i].direction = lanes[i].first_direction = now.direction(at[i].x, at[i].y);
        packet.set(i, now.eye, lanes[i].direction, 0, i < count ? kFar : -1, kSeen);
    }
    geometry_.rays().intersect(packet);
    for (int i = 0; i < count; ++i) {
        out[i] = {};
        lanes[i].ray = packet.hit(i);
        follow(lanes[i], now, sampler_of(i), out[i]);
    }

    // Direct light, and the start of the indirect rays.
    RayPacket shadow, gather;
    Pick picks[kSize];
    Vec3f start[kSize];
    bool shades = false, gathers = false;
    for (int i = 0; i < kSize; ++i) {
        shadow.set(i, {}, {0, 0, 1}, 0, -1, 0);
        gather.set(i, {}, {0, 0, 1}, 0, -1, 0);
        if (i >= count) continue;
        Lane& lane = lanes[i];
        if (lane.plate && lane.ray.instance >= 0) {
            // What bodies take from and give to the ground's light.
            out[i].shaded = !tasks[static_cast<size_t>(i)].glance;
            if (!out[i].shaded) continue;
            shades = gathers = true;
            const Sampler sampler = sampler_of(i);
            const Vec3f up =
                lane.hit.inside ? -lane.hit.geometric_normal : lane.hit.geometric_normal;
            start[i] = off_surface(lane.hit.position, up);
            const Vec2f u = sampler.two(kLightPointDim);
            const LightSample key = sample_light(plate_->key(), start[i], u.x, u.y);
            picks[i].direction = key.direction;
            picks[i].distance = kFar;
            picks[i].any = true;
            shadow.set(i, start[i], key.direction, 0, kFar, kOpaque);
            gather.set(i, start[i], cosine_direction(up, sampler.two(kGatherDim)), 0,
                       options_.gather_m, kOpaque);
            continue;
        }
        if (!lane.scatters) continue;
        out[i].shaded = !(tasks[static_cast<size_t>(i)].glance && lane.plain);
        if (!out[i].shaded) continue;
        shades = true;
        const Surface& s = lane.surface;
        const Sampler sampler = sampler_of(i);
        const Vec3f v = -lane.direction;
        const Lobes lobes(s, std::max(0.02f, dot(s.normal, v)));
        const Vec3f outward =
            lane.hit.inside ? -lane.hit.geometric_normal : lane.hit.geometric_normal;
        start[i] = off_surface(lane.hit.position, outward);
        picks[i] = pick_light(start[i], s.normal, v, &lobes, lobes.roughness < kLampsReflected,
                              sampler.two(kLightPointDim), sampler.one(kLightPickDim));
        if (picks[i].any) {
            shadow.set(i, start[i], picks[i].direction, 0, picks[i].distance * 0.999f - 1e-3f,
                       kOpaque);
        }
        if (largest(lobes.albedo) > 0.004f) {
            Vec3f d = cosine_direction(s.normal, sampler.two(kGatherDim));
            if (dot(d, outward) <= 0) d = reflect(d, outward);
            gather.set(i, start[i], d, 0, options_.gather_m, kOpaque);
            gathers = true;
        }
    }
    if (watch_shadows && shades) {
        RayPacket cast = shadow;
        geometry_.moving_rays().occluded(cast);
        for (int i = 0; i < count; ++i) lanes[i].moving |= cast.blocked(i) && shadow.mask[i] != 0;
    }
    RayPacket veiled = shadow;
    if (shades) {
        geometry_.rays().occluded(shadow);
        if (geometry_.rays().has_veils()) {
            for (int i = 0; i < kSize; ++i) {
                veiled.mask[i] = kVeils;
                if (shadow.blocked(i)) veiled.t_far[i] = -1;
            }
            geometry_.rays().occluded_by_veils(veiled);
        }
    }
    if (gathers) geometry_.rays().intersect(gather);

    for (int i = 0; i < count; ++i) {
        Lane& lane = lanes[i];
        PixelSample& result = out[i];
        const Sampler sampler = sampler_of(i);
        if (lane.plate) {
            // At the pixel's centre, for every sample alike: the picture must stay as it is.
            const PixelTask& task = tasks[static_cast<size_t>(i)];
            const Vec3f picture = plate_->seen(now, task.x, task.y);
            result.plate = true;
            if (lane.ray.instance < 0) {
                result.emitted = picture;
                lane.length = plate_->place(now.eye, lane.first_direction).distance;
            } else {
                result.albedo = picture;
                result.normal = lane.hit.geometric_normal;
            }
            if (lane.ray.instance >= 0 && result.shaded) {
                const Vec3f key = plate_->key_on_ground(), dome = plate_->dome_on_ground();
                Vec3f lost{};
                if (shadow.blocked(i)) {
                    lost += key;
                } else if (veiled.blocked(i)) {
                    lost +=
                        key - key * transmittance(start[i], picks[i].direction, kFar, &lane.moving);
                }
                const RayHit near = gather.hit(i);
                if (near.instance >= 0) {
                    const Vec3f d{gather.direction_x[i], gather.direction_y[i],
                                  gather.direction_z[i]};
                    const SurfaceHit hit = geometry_.resolve(near, d);
                    lane.moving |= near.t < 0.3f * options_.gather_m &&
                                   geometry_.instance_moving(near.instance);
                    lost += dome;
                    if (!hit.inside) lost -= limited(returned_light(hit, sampler));
                }
                result.diffuse = Vec3f{1, 1, 1} - lost / (key + dome);
            }
        }
        if (lane.scatters) {
            const Surface& s = lane.surface;
            const Vec3f n = s.normal, v = -lane.direction;
            const float nv = std::max(0.02f, dot(n, v));
            const Lobes lobes(s, nv);
            result.albedo = lobes.albedo * lane.throughput;
            result.normal = n;
            result.roughness = lobes.roughness;
            if (result.shaded && picks[i].any && !shadow.blocked(i)) {
                Vec3f through{1, 1, 1};
                if (veiled.blocked(i)) {
                    through = transmittance(start[i], picks[i].direction,
                                            picks[i].distance * 0.999f - 1e-3f, &lane.moving);
                }
                result.diffuse += picks[i].diffuse * through;
                result.specular += limited(lane.throughput * picks[i].specular * through);
            }
            float open = 1;
            if (gather.mask[i] != 0) {
                const Vec3f d{gather.direction_x[i], gather.direction_y[i], gather.direction_z[i]};
                const RayHit near = gather.hit(i);
                Vec3f light{};
                if (near.instance < 0) {
                    light = probes_
                                ? probes_->at(start[i] + d * (0.9f * options_.gather_m)).radiance(d)
                                : background(d);
                } else {
                    const SurfaceHit hit = geometry_.resolve(near, d);
                    // Farther off, what moves hardly changes this light.
                    lane.moving |= near.t < 0.3f * options_.gather_m &&
                                   geometry_.instance_moving(near.instance);
                    open = std::min(1.f, near.t / options_.gather_m);
                    if (!hit.inside) light = returned_light(hit, sampler);
                }
                result.diffuse += limited(light) * options_.indirect;
            }
            const Vec3f share = lobe_albedo(lobes.f0, lobes.roughness, nv);
            if (!result.shaded) {
                // Nothing more.
            } else if (lobes.roughness < kTraced) {
                // Faint lobes are traced for a share of the samples only.
                const float chance = std::clamp(8 * largest(share * lane.throughput), 0.2f, 1.f);
                if (sampler.one(kSplitDim) < chance) {
                    Vec3f half = n;
                    if (lobes.roughness > 0.04f) {
                        half = visible_half_vector(n, v, lobes.roughness * lobes.roughness,
                                                   sampler.two(kLobeDim));
                    }
                    const Vec3f outward =
                        lane.hit.inside ? -lane.hit.geometric_normal : lane.hit.geometric_normal;
                    Vec3f d = reflect(lane.direction, half);
                    if (dot(d, outward) <= 0)
                        d = normalize(d - outward * (1.05f * dot(d, outward)));
                    const float footprint = lane.length * now.pixel_angle();
                    const Path path =
                        trace(start[i], d, sampler, 2 * kPerBounce, footprint,
                              now.pixel_angle() + 0.5f * lobes.roughness * lobes.roughness,
                              lobes.roughness < kLampsReflected, {}, 3);
                    result.specular += limited(lane.throughput * share * path.light) / chance;
                    lane.moving |= path.moving;
                }
            } else if (probes_) {
                const Vec3f d = reflect(lane.direction, n);
                result.specular += lane.throughput * share *
                                   probes_->at(start[i] + d * 0.3f).radiance(d) *
                                   (0.4f + 0.6f * open);
            }
        }
        result.moving = lane.moving;
        result.distance = lane.length;
        const bool nothing = lane.ray.instance < 0 && (lane.length == 0 || lane.plate);
        result.id =
            nothing ? -1 : (lane.ray.instance < 0 ? -2 : lane.ray.instance * 4096 + lane.ray.part);
        const float reach = nothing && !lane.plate ? 1e5f : lane.length;
        const Vec3f virtual_now = now.eye + lane.first_direction * reach;
        result.depth = nothing ? 0 : dot(virtual_now - now.eye, now.forward);
        Vec3f was = virtual_now, will = virtual_now;
        if (nothing) {
            was = before.eye + lane.first_direction * reach;
            will = close.eye + lane.first_direction * reach;
        } else if (lane.ray.instance > 0) {
            Vec3f back = geometry_.position_before(lane.hit) - lane.hit.position;
            Vec3f ahead = geometry_.position_at_close(lane.hit) - lane.hit.position;
            if (lane.mirrors == 1) {
                back = reflect(back, lane.mirrored_normal);
                ahead = reflect(ahead, lane.mirrored_normal);
            }
            was += back;
            will += ahead;
        }
        float x = at[i].x, y = at[i].y;
        result.before = before.project(was, x, y) ? Vec2f{x, y} : Vec2f{-1e4f, -1e4f};
        x = at[i].x, y = at[i].y;
        result.sweep = close.project(will, x, y) ? Vec2f{x, y} - at[i] : Vec2f{};
        // Relative to the pixel's centre, not the jittered point.
        const Vec2f centre{static_cast<float>(tasks[static_cast<size_t>(i)].x) + 0.5f,
                           static_cast<float>(tasks[static_cast<size_t>(i)].y) + 0.5f};
        result.before = result.before + (centre - at[i]);
    }
}

}  // namespace render
