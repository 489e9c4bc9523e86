#include "render/style/anime.h"

#include "base/core/random.h"
#include "base/math/colour.h"
#include "render/integrate/lobes.h"
#include "render/plate/plate.h"
#include "render/plate/shoulder.h"
#include "render/scene/threads.h"

namespace render {
namespace {

struct Palette {  // light on things, and the painted sky
    Vec3f lit, shade, zenith, horizon, cloud, cloud_shade;
};

Palette palette_of(TimeOfDay time, Weather weather, bool open_air) {
    Palette p{{1.06f, 1.03f, 0.97f},           {0.50f, 0.52f, 0.70f},
              base::colour_from_hex(0x2f7fdc), base::colour_from_hex(0xbfe6fb),
              base::colour_from_hex(0xffffff), base::colour_from_hex(0xb9d3ee)};
    if (!open_air) p.shade = {0.56f, 0.53f, 0.62f};
    if (time == TimeOfDay::Sunset) {
        p = {{1.15f, 0.90f, 0.68f},           {0.50f, 0.36f, 0.56f},
             base::colour_from_hex(0x5a58a8), base::colour_from_hex(0xffb36b),
             base::colour_from_hex(0xffd9a0), base::colour_from_hex(0xd9789a)};
    } else if (time == TimeOfDay::Dawn) {
        p = {{1.10f, 0.95f, 0.88f},           {0.46f, 0.45f, 0.66f},
             base::colour_from_hex(0x6f9fe0), base::colour_from_hex(0xffd7c4),
             base::colour_from_hex(0xfff0e6), base::colour_from_hex(0xd9a7c0)};
    } else if (time == TimeOfDay::Night && open_air) {
        p = {{0.44f, 0.56f, 0.86f},           {0.13f, 0.17f, 0.36f},
             base::colour_from_hex(0x0b1640), base::colour_from_hex(0x2c4a86),
             base::colour_from_hex(0x44619c), base::colour_from_hex(0x22386e)};
    }
    if (open_air && weather != Weather::Clear) {
        const Vec3f grey{0.62f, 0.68f, 0.76f};
        const float dark = time == TimeOfDay::Night ? 0.25f : 1.f;
        p.zenith = base::lerp(p.zenith, grey * (0.6f * dark), 0.75f);
        p.horizon = base::lerp(p.horizon, grey * (1.1f * dark), 0.75f);
        p.lit = base::lerp(p.lit, p.shade * 1.5f, 0.35f);
    }
    return p;
}

float noise(float x, float y, uint64_t seed) {
    const float fx = std::floor(x), fy = std::floor(y);
    const auto at = [&](float i, float j) {
        const auto key = static_cast<uint64_t>(static_cast<int64_t>(i) + 65536) * 131072u +
                         static_cast<uint64_t>(static_cast<int64_t>(j) + 65536);
        return static_cast<float>(base::hash_u64(key ^ (seed << 40)) >> 40) * 0x1p-24f;
    };
    const auto ease = [](float t) { return t * t * (3 - 2 * t); };
    const float u = ease(x - fx), v = ease(y - fy);
    return base::lerp(base::lerp(at(fx, fy), at(fx + 1, fy), u),
                      base::lerp(at(fx, fy + 1), at(fx + 1, fy + 1), u), v);
}

// A gradient with heaped clouds in two flat tones, bases level.
Vec3f painted_sky(Vec3f d, const Palette& p, Weather weather, TimeOfDay time, uint64_t seed) {
    const float up = std::clamp(d.z * 1.7f, 0.f, 1.f);
    Vec3f sky = base::lerp(p.horizon, p.zenith, std::sqrt(up));
    if (time == TimeOfDay::Night && weather == Weather::Clear && d.z > 0.05f) {
        const float a = std::atan2(d.y, d.x) * 60, b = d.z * 60;
        const uint64_t key =
            base::hash_combine(static_cast<uint64_t>(static_cast<int64_t>(std::floor(a)) + 999),
                               static_cast<uint64_t>(static_cast<int64_t>(std::floor(b)) + 999));
        const float dx = a - std::floor(a) - 0.5f, dy = b - std::floor(b) - 0.5f;
        if ((key & 15) == 0 && dx * dx + dy * dy < 0.012f) return {0.9f, 0.93f, 1.f};
    }
    if (d.z < 0.01f) return sky;
    const float azimuth = std::atan2(d.y, d.x) * 3.2f,
                height = d.z / std::sqrt(1 - d.z * d.z + 1e-4f);
    float heap = 0, weight = 0.5f, x = azimuth * 1.2f, y = height * 5.5f;
    for (int i = 0; i < 4; ++i) {
        // Billows: rounded tops.
        heap += weight * (1 - std::abs(2 * noise(x, y, seed + static_cast<uint64_t>(i)) - 1));
        x *= 2.1f;
        y *= 2.1f;
        weight *= 0.5f;
    }
    const float band = std::exp(-std::pow((height - 0.30f) / 0.22f, 2.f));
    const float cover = heap * 0.75f + band * 0.42f;
    if (weather == Weather::Clear || weather == Weather::Cloudy) {
        const float edge = weather == Weather::Cloudy ? 0.62f : 0.82f;
        if (cover > edge) sky = cover > edge + 0.10f ? p.cloud : p.cloud_shade;
    }
    return sky;
}

struct Cel {  // one sample of the drawing
    Vec3f colour;
    Vec3f normal;
    float depth = 0;  // 0 = sky
    float slope = 0;  // depth change per sample on its own plane
    int id = -1;
    bool lively = false;  // a body, not the set: inked more boldly
};

}  // namespace

AnimePicture draw_anime(const AnimeInput& input, const Threads& threads) {
    const int n = input.oversample, w = input.camera.width_px, h = input.camera.height_px;
    const int bw = w * n, bh = h * n;
    const StageGeometry& geometry = *input.geometry;
    Palette palette = palette_of(input.time, input.weather, input.open_air);
    if (input.plate) {
        palette.lit = input.plate->key_on_ground() + input.plate->dome_on_ground();
        palette.shade = palette.lit * Vec3f{0.52f, 0.53f, 0.60f};
    }
    const Vec3f low = input.room.low.cast<float>(), high = input.room.high.cast<float>();
    Vec3f sun = normalize(Vec3f{-0.55f, -0.5f, 0.75f});
    if (input.time == TimeOfDay::Sunset) sun = normalize(Vec3f{-0.85f, 0.1f, 0.45f});
    if (input.time == TimeOfDay::Dawn) sun = normalize(Vec3f{0.85f, 0.1f, 0.5f});
    const Vec3f lamp{base::lerp(low.x, high.x, 0.30f), base::lerp(low.y, high.y, 0.22f),
                     base::lerp(low.z, high.z, 0.86f)};
    if (input.plate) sun = input.plate->key().normal;
    const bool distant = input.open_air || input.plate;
    const auto toward_light = [&](Vec3f p, float& reach) {
        if (distant) {
            reach = 1e5f;
            return sun;
        }
        reach = length(lamp - p);
        return (lamp - p) / std::max(1e-4f, reach);
    };
    const float angle = input.camera.pixel_angle() / static_cast<float>(n);

    // Colour of a surface: flat tone by light, one shadow ray, one sharp highlight.
    const auto paint = [&](const SurfaceHit& hit, const Surface& s, Vec3f direction) {
        const Vec3f outward = hit.inside ? -hit.shading_normal : hit.shading_normal;
        const Vec3f flat = hit.inside ? -hit.geometric_normal : hit.geometric_normal;
        float reach;
        const Vec3f l = toward_light(hit.position, reach);
        const float size = std::max(
            {std::abs(hit.position.x), std::abs(hit.position.y), std::abs(hit.position.z), 1.f});
        const Vec3f start = hit.position + flat * (size * 3e-4f);
        const float facing = dot(outward, l);
        const bool lit = facing > 0.12f &&
                         !geometry.rays().occluded(
                             start, l, 0, distant ? reach : std::min(3.5f, reach * 0.98f), kOpaque);
        const float grey = base::luminance(s.albedo);
        // Brighter and more colourful than nature.
        Vec3f colour = base::max(
            Vec3f{grey, grey, grey} + (s.albedo - Vec3f{grey, grey, grey}) * 1.28f, Vec3f{});
        colour = base::min(colour * 1.18f + Vec3f{0.012f, 0.012f, 0.014f}, Vec3f{1, 1, 1});
        Vec3f result = colour * (lit ? palette.lit : palette.shade);
        if (!lit && outward.z < -0.3f) result = result * 0.82f;
        if (lit && facing < 0.45f && hit.ray.instance > 0) result = result * 0.90f;
        const Vec3f half = normalize(l - direction);
        const float shine = 1 - s.roughness;
        if (lit && shine > 0.45f && dot(outward, half) > 1 - 0.030f * (1.2f - shine))
            result = base::lerp(result, Vec3f{1, 1, 1}, 0.75f);
        return result + s.emission;
    };

    const auto over_plate = [&](const RayHit& ray) {
        return ray.instance < 0 || geometry.resolve(ray, {0, 0, -1}).part->plate;
    };
    const auto in_shadow = [&](const SurfaceHit& ground) {
        const Vec3f start = ground.position + Vec3f{0, 0, 1e-3f};
        return geometry.rays().occluded(start, sun, 0, 1e5f, kOpaque);
    };
    std::vector<Cel> cels(static_cast<size_t>(bw) * bh);
    threads.for_each(bh, [&](int y) {
        for (int first = 0; first < bw; first += RayPacket::kSize) {
            RayPacket packet;
            Vec3f directions[RayPacket::kSize];
            for (int lane = 0; lane < RayPacket::kSize; ++lane) {
                directions[lane] = input.camera.direction(
                    (static_cast<float>(first + lane) + 0.5f) / static_cast<float>(n),
                    (static_cast<float>(y) + 0.5f) / static_cast<float>(n));
                packet.set(lane, input.camera.eye, directions[lane], 0,
                           first + lane < bw ? 1e6f : -1, kSeen);
            }
            geometry.rays().intersect(packet);
            for (int lane = 0; lane < RayPacket::kSize && first + lane < bw; ++lane) {
                Cel& cel = cels[static_cast<size_t>(y) * bw + static_cast<size_t>(first + lane)];
                RayHit ray = packet.hit(lane);
                Vec3f direction = directions[lane], veil{}, through{1, 1, 1};
                float length_so_far = 0;
                Vec3f origin = input.camera.eye;
                if (input.plate && over_plate(ray)) {
                    const Vec3f c = input.plate->seen(input.camera, (first + lane) / n, y / n);
                    cel.colour = {plate_curve(c.x), plate_curve(c.y), plate_curve(c.z)};
                    if (ray.instance >= 0 && in_shadow(geometry.resolve(ray, direction)))
                        cel.colour = cel.colour * (palette.shade / palette.lit);
                    continue;
                }
                for (int face = 0; face < 8; ++face) {
                    if (ray.instance < 0 && input.plate) {
                        const Vec3f c = input.plate->around(origin, direction);
                        cel.colour = veil + through * Vec3f{plate_curve(c.x), plate_curve(c.y),
                                                            plate_curve(c.z)};
                        break;
                    }
                    if (ray.instance < 0) {
                        cel.colour =
                            veil + through * (input.open_air
                                                  ? painted_sky(direction, palette, input.weather,
                                                                input.time, input.seed)
                                                  : Vec3f{0.75f, 0.78f, 0.84f});
                        break;
                    }
                    const SurfaceHit hit = geometry.resolve(ray, direction);
                    length_so_far += hit.t;
                    if (face == 0) {
                        const Vec3f n_hit = hit.inside ? -hit.shading_normal : hit.shading_normal;
                        cel.normal = n_hit;
                        cel.depth = dot(hit.position - input.camera.eye, input.camera.forward);
                        const float tilt =
                            std::max(0.08f, -dot(direction, hit.inside ? -hit.geometric_normal
                                                                       : hit.geometric_normal));
                        cel.slope = cel.depth * angle / tilt;
                        cel.id = hit.part->body_id * 64 + (hit.part->look & 63);
                        cel.lively = ray.instance > 0;
                    }
                    if (hit.part->lamp >= 0) {
                        cel.colour =
                            veil + through * (hit.inside ? palette.shade : Vec3f{1, 0.98f, 0.9f});
                        break;
                    }
                    const Surface s = geometry.surface(hit, length_so_far * angle,
                                                       static_cast<float>(input.time_s));
                    const bool hole = s.opacity < 0.5f;
                    if (!hole && s.transmission <= 0.5f) {
                        cel.colour = veil + through * paint(hit, s, direction);
                        break;
                    }
                    if (!hole) {
                        // Glass: a pale body, a bright rim, slanted gleams; water: a blue veil.
                        const float rim = 1 - std::abs(dot(direction, hit.shading_normal));
                        const Vec3f tint = hit.part->water ? Vec3f{0.10f, 0.42f, 0.62f}
                                                           : Vec3f{0.80f, 0.94f, 1.0f};
                        const float cover = hit.part->water ? 0.42f
                                            : rim > 0.72f   ? 0.55f
                                            : hit.inside    ? 0.04f
                                                            : 0.16f;
                        veil += through * tint * (cover * (hit.part->water ? 1.f : 0.95f));
                        through = through * (1 - cover);
                        float reach;
                        const Vec3f half = normalize(toward_light(hit.position, reach) - direction);
                        if (!hit.inside &&
                            dot(hit.part->water ? s.normal : hit.shading_normal, half) > 0.985f) {
                            veil += through * Vec3f{0.8f, 0.8f, 0.8f};
                            through = through * 0.2f;
                        }
                    }
                    origin = hit.position + direction * (1e-3f * std::max(1.f, length_so_far));
                    ray = geometry.rays().intersect(origin, direction, 0, 1e6f, kSeen);
                    if (face == 7) cel.colour = veil + through * palette.horizon;
                }
                // Distance pales toward the sky.
                if (input.open_air && !input.plate && cel.depth > 0) {
                    const float haze =
                        1 - std::exp(-cel.depth / (input.weather == Weather::Fog     ? 30.f
                                                   : input.weather == Weather::Clear ? 400.f
                                                                                     : 160.f));
                    cel.colour = base::lerp(cel.colour, palette.horizon, haze);
                }
            }
        }
    });

    // Ink: where bodies, folds or depths part, on the nearer side, as wide as the pen.
    const float pen = std::max(1.3f, 1.25f * static_cast<float>(n) * static_cast<float>(h) / 720.f);
    std::vector<float> ink(cels.size(), 0);
    threads.for_each(bh, [&](int y) {
        const int r = static_cast<int>(std::ceil(pen));
        for (int x = 0; x < bw; ++x) {
            const Cel& here = cels[static_cast<size_t>(y) * bw + static_cast<size_t>(x)];
            float best = 0;
            for (int j = -r; j <= r; ++j) {
                for (int i = -r; i <= r; ++i) {
                    const auto d = std::sqrt(static_cast<float>(i * i + j * j));
                    if (d == 0 || d > pen || x + i < 0 || y + j < 0 || x + i >= bw || y + j >= bh)
                        continue;
                    const Cel& there =
                        cels[static_cast<size_t>(y + j) * bw + static_cast<size_t>(x + i)];
                    if (here.depth == 0) continue;  // the sky is never inked
                    const bool nearer = there.depth == 0 || here.depth <= there.depth;
                    if (!nearer) continue;
                    const float gap = there.depth == 0 ? 1e9f : there.depth - here.depth;
                    const float plane = (here.slope + std::min(there.slope, 4 * here.slope)) * d;
                    float strength = 0;
                    if (gap > 2.5f * plane + 0.012f * here.depth)
                        strength = here.id != there.id ? 1.f : 0.75f;
                    else if (here.id != there.id && (here.lively || there.lively)) strength = 0.8f;
                    else if (dot(here.normal, there.normal) < 0.62f) strength = 0.55f;
                    if (strength == 0) continue;
                    // Far and fixed things get a finer line.
                    const float width = pen * (here.lively ? 1.f : 0.72f) /
                                        (1 + std::max(0.f, here.depth - 4) * 0.035f);
                    best = std::max(best, strength * std::clamp(width - d + 1, 0.f, 1.f));
                }
            }
            ink[static_cast<size_t>(y) * bw + static_cast<size_t>(x)] = best;
        }
    });

    AnimePicture picture;
    picture.colour.resize(static_cast<size_t>(w) * h);
    picture.depth.resize(picture.colour.size());
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            Vec3f sum{};
            for (int j = 0; j < n; ++j) {
                for (int i = 0; i < n; ++i) {
                    const size_t q =
                        static_cast<size_t>(y * n + j) * bw + static_cast<size_t>(x * n + i);
                    const Vec3f line = cels[q].colour * 0.12f + Vec3f{0.010f, 0.008f, 0.016f};
                    sum += base::min(base::lerp(cels[q].colour, line, ink[q]), Vec3f{1, 1, 1});
                }
            }
            picture.colour[static_cast<size_t>(y) * w + static_cast<size_t>(x)] =
                sum / static_cast<float>(n * n);
            picture.depth[static_cast<size_t>(y) * w + static_cast<size_t>(x)] =
                cels[static_cast<size_t>(y * n + n / 2) * bw + static_cast<size_t>(x * n + n / 2)]
                    .depth;
        }
    });
    return picture;
}

}  // namespace render
