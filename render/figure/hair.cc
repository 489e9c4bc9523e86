#include "render/figure/hair.h"

#include <cmath>

#include "base/core/random.h"
#include "render/figure/tailor.h"
#include "world/figure/joints.h"
#include "world/figure/proportions.h"

namespace render {
namespace {

struct Comb {
    float volume = 0.006f;  // of the cap over the scalp, m (authored size)
    float length = 0.05f;   // of a lock
    float lift = 0.004f;    // how far its middle stands off
    float width = 0.012f;
    int locks = 420;
    float gather = 0;  // 1: everything flows to `tie`
    Vec3f tie{-0.104f, 0, 0.100f};
    float curl = 0;        // radius of waves
    float droop = 0;       // how much it falls once past the widest part
    float fringe = 0;      // locks that fall on the forehead
    float nape = -0.045f;  // z of the hairline at the neck
    float backward = 0;    // combed straight back
};

Comb comb_for(const std::string& style) {
    Comb c;
    if (style == "buzz") {
        c.volume = 0.0028f;
        c.length = 0.010f;
        c.width = 0.006f;
        c.locks = 0;
        c.nape = -0.035f;
    }
    if (style == "short") {
        c.volume = 0.0085f;
        c.length = 0.052f;
        c.lift = 0.0060f;
        c.width = 0.0150f;
        c.locks = 560;
        c.nape = -0.035f;
        c.fringe = 0.2f;
    }
    if (style == "long") {
        c.volume = 0.009f;
        c.length = 0.30f;
        c.width = 0.0190f;
        c.locks = 380;
        c.droop = 1;
        c.lift = 0.004f;
    }
    if (style == "bob") {
        c.volume = 0.010f;
        c.length = 0.175f;
        c.width = 0.0185f;
        c.locks = 400;
        c.droop = 1;
        c.fringe = 1;
        c.lift = 0.005f;
    }
    if (style == "bun" || style == "ponytail") {
        c.volume = 0.0055f;
        c.length = 0.16f;
        c.width = 0.0125f;
        c.locks = 420;
        c.gather = 1;
        c.lift = 0.0008f;
    }
    if (style == "curly") {
        c.volume = 0.020f;
        c.length = 0.075f;
        c.width = 0.016f;
        c.locks = 520;
        c.curl = 0.010f;
        c.lift = 0.016f;
        c.nape = -0.045f;
    }
    return c;
}

// > 0 where hair grows. Head frame, authored size.
float hairline(Vec3f q, const Comb& comb, float child, bool man) {
    const float y = std::abs(q.y);
    // Forehead: an arch that recedes at the temples, a sideburn before the ear, then round behind
    // it.
    const float brow = 0.1130f - 0.006f * child +
                       (man ? 0.004f : 0.0f) * std::exp(-std::pow((y - 0.034f) / 0.014f, 2.f));
    const float front = q.z - (brow - 0.35f * std::max(0.f, y - 0.030f) -
                               9.f * std::pow(std::max(0.f, y - 0.045f), 2.f));
    const float burn = std::min(q.z - 0.030f, 0.030f - q.x);  // beside and before the ear
    const float behind =
        std::min(-0.016f - q.x, q.z - comb.nape - 0.25f * std::max(0.f, y - 0.03f));
    return std::max({front, std::min(burn, y - 0.045f), behind});
}

void add_lock(Surface& s, std::vector<VertexWeights>* weights, const std::vector<Vec3f>& path,
              const std::vector<Vec3f>& out, float width, float thick, Vec3f tint,
              const std::function<VertexWeights(Vec3f)>& weigh,
              const std::function<Vec3f(Vec3f)>& place) {
    constexpr uint32_t kSides = 5;
    const auto first = static_cast<uint32_t>(s.p.size());
    const size_t n = path.size();
    for (size_t i = 0; i < n; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(n - 1);
        const Vec3f along = base::normalize(path[std::min(i + 1, n - 1)] - path[i > 0 ? i - 1 : 0]);
        const Vec3f normal = base::normalize(out[i] - along * base::dot(out[i], along));
        const Vec3f across = base::cross(along, normal);
        // Leaf-shaped: rises from the root, narrows to a point.
        const float girth = std::pow(std::sin(3.14159f * std::min(1.f, 0.16f + 0.84f * t)), 0.65f) *
                            (t < 0.999f ? 1.f : 0.05f);
        for (uint32_t k = 0; k < kSides; ++k) {
            // Flat below, three strands' ridges above.
            static const float kX[kSides] = {-1.0f, -0.45f, 0.05f, 0.55f, 1.0f};
            static const float kY[kSides] = {-0.15f, 0.75f, 0.55f, 0.85f, -0.15f};
            const Vec3f p = path[i] + across * (kX[k] * 0.5f * width * girth) +
                            normal * (kY[k] * thick * girth);
            s.p.push_back(place(p));
            s.n.push_back(
                base::normalize(normal * 1.0f + across * (kX[k] * 0.9f + (k == 2   ? -0.25f
                                                                          : k == 3 ? -0.35f
                                                                          : k == 1 ? -0.2f
                                                                                   : 0.f))));
            // Light along the length as hair has: darker root, brighter bend.
            s.tint.push_back(tint * (0.72f + 0.40f * std::sin(3.1f * std::min(1.f, t * 1.1f)) *
                                                 (k == 2 ? 0.75f : 1.f)));
            if (weights) weights->push_back(weigh(p));
        }
    }
    for (uint32_t i = 0; i + 1 < n; ++i)
        for (uint32_t k = 0; k + 1 < kSides; ++k) {
            const uint32_t a = first + i * kSides + k;
            s.tri.push_back({a, a + 1, a + kSides});
            s.tri.push_back({a + 1, a + kSides + 1, a + kSides});
        }
}

}  // namespace

std::string hair_style_of(const world::FigureLook& look) {
    if (!look.hair_style.empty()) return look.hair_style;
    const double draw = world::look_draw(look, "hair style");
    if (look.role.find("skater") != std::string::npos && look.sex != "male") return "bun";
    if (look.role.find("ballerina") != std::string::npos) return "bun";
    if (look.sex == "male")
        return draw < 0.70 ? "short" : draw < 0.82 ? "buzz" : look.age == "old" ? "bald" : "curly";
    if (look.role.find("player") != std::string::npos ||
        look.role.find("athlete") != std::string::npos)
        return "ponytail";
    return draw < 0.30   ? "long"
           : draw < 0.55 ? "bob"
           : draw < 0.75 ? "ponytail"
           : draw < 0.88 ? "curly"
                         : "bun";
}

void add_hair(SkinBuilder& builder, const Palette& palette, const world::FigureLook& look) {
    const std::string style = hair_style_of(look);
    if (style == "bald") return;
    const Anatomy& a = builder.anatomy();
    const float u = a.head_scale;
    const Comb comb = comb_for(style);
    const auto child = static_cast<float>(a.body.size.child);
    const bool man = look.sex == "male";
    const Field skin = [&](Vec3f q) { return a.skin(a.from_head(q)) / u; };
    // The skull without ears and nose, so that hair does not follow them.
    Sculpt skull;
    skull.ellipsoid({-0.009f, 0, 0.081f}, {0.0935f, 0.0755f, 0.091f}, 0.01f);
    skull.ellipsoid({0.030f, 0, 0.078f}, {0.062f, 0.0640f, 0.060f}, 0.03f);
    skull.ellipsoid({-0.030f, 0, 0.010f}, {0.058f, 0.058f, 0.060f}, 0.03f);
    const auto line = [&](Vec3f q) { return hairline(q, comb, child, man); };
    const auto combed = [&](Vec3f q) {  // direction of growth, tangent added later
        const Vec3f tie = comb.tie;
        if (comb.gather > 0) return base::normalize(tie - q);
        const Vec3f crown{-0.045f, 0.012f, 0.168f};
        Vec3f d = q - crown;
        d.z -= 0.05f;
        if (style == "short") {  // swept from a side parting to the right and back
            const float top = smooth_step(0.11f, 0.15f, q.z) * smooth_step(-0.06f, 0.02f, q.x);
            d = base::lerp(d, Vec3f{man ? 0.03f : 0.05f, q.y > 0.028f ? 0.10f : -0.10f, -0.01f},
                           0.85f * top);
        }
        if (comb.droop > 0) {  // parted, down both sides
            const float side = q.y > 0.016f ? 1.f : -1.f;
            const float top = smooth_step(0.12f, 0.16f, q.z);
            d = base::lerp(
                Vec3f{-0.25f - 0.4f * smooth_step(0.05f, -0.05f, q.x) * 0, side * 0.35f, -1.f},
                Vec3f{-0.35f, side, -0.1f}, top);
            if (q.x < -0.06f) d = {-0.1f, q.y * 3, -1};
        }
        if (comb.curl > 0) d = q - Vec3f{0, 0, 0.09f};
        return base::normalize(d);
    };
    const float volume = comb.volume;
    const Field cap = [&](Vec3f q) {
        const float edge = line(q);
        // Thin at the hairline, full behind; strands as grooves along the comb.
        const float grown = volume * smooth_step(-0.002f, 0.020f, edge);
        const float base_d =
            std::min(smooth_min(skull(q), skin(q) + 0.001f, 0.004f), skin(q) + 0.0002f);
        float groove = 0;
        if (comb.curl > 0) groove = 0.0055f * cloth_noise(q * 75.f);
        else if (comb.gather > 0) {
            const Vec3f d = q - comb.tie;
            groove =
                0.0008f * std::sin(70.f * std::atan2(d.y, d.z + 0.06f) + 3 * cloth_noise(q * 30.f));
        } else
            groove =
                0.0009f * std::sin(90.f * std::atan2(q.y, q.x + 0.05f) + 4 * cloth_noise(q * 25.f));
        return base_d - grown - groove * smooth_step(0.0f, 0.012f, edge);
    };
    const auto even = [&](float step) { return [step](float) { return step; }; };
    Surface s = mesh_field(cap, grid_axis(-0.140f, 0.118f, even(0.0070f)),
                           grid_axis(-0.110f, 0.110f, even(0.0070f)),
                           grid_axis(-0.060f, 0.205f, even(0.0070f)), 1);
    s = clip(s, [&](Vec3f q) { return std::min(line(q), 0.3f); });
    s.tint.resize(s.p.size());
    base::Rng rng(a.body.seed, 991);
    for (size_t i = 0; i < s.p.size(); ++i) {
        const float streak = cloth_noise({s.p[i].x * 60, s.p[i].y * 140, s.p[i].z * 25});
        s.tint[i] = Vec3f{1, 1, 1} * ((style == "buzz" ? 0.9f : 0.70f) + 0.16f * streak);
    }
    add_rim(s, [](Vec3f) { return true; }, {[&](Vec3f q, Vec3f n, Vec3f t) {
                return RimStep{q - n * 0.006f, n, t * 0.7f};
            }});
    Surface placed = s;
    for (Vec3f& q : placed.p) q = a.from_head(q);
    const Vec3f colour = palette.hair;
    builder.add_rigid(
        placed,
        {"hair_cap", "hair", style == "buzz" ? base::lerp(colour, palette.skin, 0.25f) : colour,
         "hair", 0.55f},
        world::kHead);

    const auto weigh = [&](Vec3f q) {
        VertexWeights w = VertexWeights::only(world::kHead);
        const float hang = comb.droop > 0 ? smooth_step(0.0f, -0.16f, q.z) : 0.f;
        const float far = smooth_step(-0.06f, -0.24f, q.z);
        if (hang > 0) {
            w.joint = {world::kHead, world::kHair1, world::kHair2, 0};
            w.weight = {1 - hang, hang * (1 - far), hang * far, 0};
        }
        return w;
    };
    const auto place = [&](Vec3f q) { return a.from_head(q); };
    Surface locks;
    std::vector<VertexWeights> weights;
    // Roots by the golden angle over the upper sphere of the skull.
    for (int i = 0; i < comb.locks; ++i) {
        const float f = (static_cast<float>(i) + 0.5f) / static_cast<float>(comb.locks);
        const float polar = std::acos(1 - 1.62f * f), turn = 2.399963f * static_cast<float>(i);
        const Vec3f d{std::sin(polar) * std::cos(turn), std::sin(polar) * std::sin(turn),
                      std::cos(polar)};
        Vec3f q = project(cap, Vec3f{-0.008f, 0, 0.080f} + d * 0.10f, 4);
        const float edge = line(q);
        if (edge < 0.0015f) continue;
        const float jitter = static_cast<float>(rng.uniform(-1, 1)),
                    vary = static_cast<float>(rng.uniform(0.75, 1.2));
        float length = comb.length * vary;
        bool fringe = false;
        if (comb.fringe > 0 && q.x > 0.055f && std::abs(q.y) < 0.045f && edge < 0.030f) {
            fringe = true;
            length = (comb.fringe > 0.5f ? 0.050f : 0.026f) * vary;
        }
        const int segments = comb.length > 0.1f ? 10 : 6;
        std::vector<Vec3f> path, out;
        Vec3f dir = combed(q);
        const float step = length / static_cast<float>(segments);
        Vec3f n = base::normalize(field_gradient(cap, q, 0.003f));
        const float phase = static_cast<float>(rng.uniform(0, 6.28));
        for (int k = 0; k <= segments; ++k) {
            const float t = static_cast<float>(k) / static_cast<float>(segments);
            const float off = comb.lift * std::sin(3.14159f * std::min(1.f, 0.1f + 0.8f * t)) *
                                  (1 + 0.5f * jitter) +
                              0.0004f;
            Vec3f p = q + n * off;
            if (comb.curl > 0) {
                const Vec3f side = base::normalize(base::cross(n, dir) + Vec3f{0, 0, 1e-4f});
                p += (side * std::cos(phase + 9.f * t) +
                      base::cross(side, n) * std::sin(phase + 9.f * t)) *
                     (comb.curl * (0.35f + 0.65f * t));
            }
            path.push_back(p);
            out.push_back(n);
            if (comb.droop <= 0 && !fringe && line(q) < -0.001f && k >= 3) break;
            if (comb.gather > 0 && base::length(q - comb.tie) < 0.026f) break;
            Vec3f want =
                fringe ? Vec3f{0.25f, comb.fringe > 0.5f ? q.y * 2.f : -0.55f, -1.f} : combed(q);
            want = base::normalize(want + Vec3f{jitter * 0.10f, -jitter * 0.10f, 0.06f * jitter});
            if (comb.droop > 0 && !fringe && q.x > 0.020f && q.z < 0.125f) {
                // Hair at the temples frames the face, it does not cross it.
                const float side = q.y >= 0 ? 1.f : -1.f;
                want = base::normalize(
                    want +
                    Vec3f{-1.1f, side * 1.1f * smooth_step(0.085f, 0.05f, std::abs(q.y)), 0});
                if (std::abs(q.y) < 0.060f && q.z < 0.108f) q.y += side * 0.010f;
            }
            dir = base::normalize(base::lerp(dir, want, 0.55f));
            const bool free_fall = comb.droop > 0 && q.z < 0.035f && !fringe;
            if (free_fall) {
                // Past the widest part it hangs, a little inward and waving, outside neck and
                // shoulders.
                const float wave = 0.10f * std::sin(q.z * 45 + phase);
                q += base::normalize(Vec3f{-0.10f + 0.5f * wave, -q.y * 0.8f + wave, -1.f}) * step;
                for (int push = 0; push < 3; ++push) {
                    const float d_skin = skin(q) - 0.010f;
                    if (d_skin < 0) q += base::normalize(field_gradient(skin, q, 0.004f)) * -d_skin;
                }
                // Never over the face.
                if (q.x > 0.018f && std::abs(q.y) < 0.080f) q.x = base::lerp(q.x, 0.018f, 0.6f);
                n = base::normalize(
                    base::lerp(n, base::normalize(Vec3f{q.x - 0.02f, q.y * 1.6f, 0.15f}), 0.5f));
            } else {
                q += (dir - n * base::dot(dir, n)) * step;
                const Field& on = fringe ? skin : cap;
                const float d_on = on(q) - (fringe ? 0.004f : 0.f);
                n = base::normalize(field_gradient(on, q, 0.003f));
                q += n * -d_on;
            }
        }
        if (path.size() < 4) continue;
        const float shade = 0.80f + 0.40f * static_cast<float>(rng.uniform());
        add_lock(locks, &weights, path, out, comb.width * (0.8f + 0.4f * vary * 0.5f),
                 0.0030f + 0.05f * comb.width, Vec3f{1, 1, 1} * shade, weigh, place);
    }
    if (style == "bun" || style == "ponytail") {
        const Vec3f tie = comb.tie;
        const bool bun = style == "bun";
        const int count = bun ? 46 : 60;
        for (int i = 0; i < count; ++i) {
            const float turn = 2.399963f * static_cast<float>(i),
                        r = std::sqrt((static_cast<float>(i) + 0.5f) / static_cast<float>(count));
            const float jitter = static_cast<float>(rng.uniform(-1, 1));
            std::vector<Vec3f> path, out;
            for (int k = 0; k <= 11; ++k) {
                const float t = static_cast<float>(k) / 11.f;
                Vec3f p, o;
                if (bun) {  // coils wound into a knot
                    const float wind = turn + 4.2f * t;
                    const float lat = (r * 1.5f - 0.65f) + 0.25f * t;
                    const float big = 0.0330f;
                    o = base::normalize(Vec3f{-std::sin(lat), std::cos(lat) * std::sin(wind),
                                              std::cos(lat) * std::cos(wind)});
                    p = tie + Vec3f{-0.020f, 0, 0.004f} +
                        o * (big * (1 + 0.05f * jitter)) * Vec3f{0.85f, 1, 1};
                } else {  // a tail that leaves upward and falls
                    const float spread = 0.012f + 0.020f *
                                                      std::sin(3.1f * std::min(1.f, t * 1.1f)) *
                                                      (0.6f + 0.4f * r);
                    o = {-0.45f, std::sin(turn), std::cos(turn) * 0.6f};
                    p = tie +
                        Vec3f{-0.012f - 0.075f * std::sin(2.0f * std::min(1.f, t * 1.3f)) * 0.75f,
                              0,
                              0.012f * std::sin(3.1f * std::min(1.f, t * 2.2f)) -
                                  0.245f * t * t * (0.92f + 0.12f * jitter)} +
                        Vec3f{0.4f * std::cos(turn), std::sin(turn), 0.5f * std::cos(turn)} *
                            (spread * r * (1 - 0.55f * t * t));
                    o = base::normalize(o);
                }
                path.push_back(p);
                out.push_back(o);
            }
            add_lock(locks, nullptr, path, out, bun ? 0.0150f : 0.0160f, 0.0036f,
                     Vec3f{1, 1, 1} * (0.82f + 0.36f * static_cast<float>(rng.uniform())), weigh,
                     place);
            for (size_t k = 0; k < path.size() * 5; ++k) {
                VertexWeights w = VertexWeights::only(world::kHead);
                if (!bun) {
                    const float t = static_cast<float>(k / 5) / 11.f,
                                hang = smooth_step(0.08f, 0.45f, t),
                                far = smooth_step(0.45f, 1.0f, t);
                    w.joint = {world::kHead, world::kHair1, world::kHair2, 0};
                    w.weight = {1 - hang, hang * (1 - far), hang * far, 0};
                }
                weights.push_back(w);
            }
        }
    }
    builder.add(locks, {"hair", "hair", colour, "hair", 0.42f}, weights);
}

}  // namespace render
