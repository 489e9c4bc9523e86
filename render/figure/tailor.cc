#include "render/figure/tailor.h"

#include <array>
#include <cmath>

#include "base/core/random.h"
#include "world/figure/joints.h"

namespace render {

using world::Side;

float cloth_noise(Vec3f p) {
    const auto cell = [](float v) { return static_cast<int64_t>(std::floor(v)); };
    const int64_t x = cell(p.x), y = cell(p.y), z = cell(p.z);
    const auto fade = [](float t) { return t * t * t * (t * (t * 6 - 15) + 10); };
    const float fx = fade(p.x - static_cast<float>(x)), fy = fade(p.y - static_cast<float>(y)),
                fz = fade(p.z - static_cast<float>(z));
    const auto value = [&](int64_t i, int64_t j, int64_t k) {
        const uint64_t bits =
            base::hash_u64(static_cast<uint64_t>(i * 73856093 ^ j * 19349663 ^ k * 83492791));
        return static_cast<float>(bits >> 40) / 8388608.f - 1.f;
    };
    const auto plane = [&](int64_t k) {
        return base::lerp(base::lerp(value(x, y, k), value(x + 1, y, k), fx),
                          base::lerp(value(x, y + 1, k), value(x + 1, y + 1, k), fx), fy);
    };
    return base::lerp(plane(z), plane(z + 1), fz);
}

Tailor::Tailor(SkinBuilder& builder, uint64_t seed)
    : b_(builder),
      a_(builder.anatomy()),
      h_(static_cast<float>(a_.body.size.height)),
      upper_arm_(static_cast<float>(a_.body.size.upper_arm)),
      forearm_(static_cast<float>(a_.body.size.forearm)),
      hip_z_(static_cast<float>(a_.body.size.hip_z)),
      shoulder_z_(static_cast<float>(a_.body.size.shoulder_z)),
      seed_(seed) {
    // How cloth falls when it only hangs from chest and shoulder blades.
    const float g = h_ * static_cast<float>(a_.body.size.girth),
                f = static_cast<float>(a_.body.size.female);
    const float chest_x = (0.076f + 0.004f * f) * g, chest_y = (0.106f - 0.010f * f) * g;
    drape_.tube({0, 0, hip_z_ - 0.10f * h_}, {0, 0, shoulder_z_ - 0.02f * h_}, {1, 0, 0},
                {{0.00f, -0.004f * h_, 0, chest_x * 1.08f, chest_y * 1.07f},
                 {0.35f, -0.002f * h_, 0, chest_x * 1.02f, chest_y * 1.01f},
                 {0.75f, 0.004f * h_, 0, chest_x * 0.98f, chest_y * 0.97f},
                 {1.00f, -0.010f * h_, 0, chest_x * 0.70f, chest_y * 0.90f}},
                0.02f);
}

std::optional<float> Tailor::along_arm(Vec3f p) const {
    const Side side = p.y >= 0 ? Side::Left : Side::Right;
    const Vec3f shoulder = a_.rest(world::arm_joint(side, world::kUpperArm));
    const Vec3f wrist = a_.rest(world::arm_joint(side, world::kHand));
    const Vec3f down = base::normalize(wrist - shoulder);
    const float s = base::dot(p - shoulder, down);
    const float away = base::length(p - shoulder - down * s);
    const float trunk = std::abs(p.y) / (0.105f * h_);
    if (s < 0.02f * h_ || away > 0.075f * h_ || away / (0.040f * h_) > trunk * 1.15f)
        return std::nullopt;
    return s;
}

float Tailor::arm_share(Vec3f p) const {
    const Side side = p.y >= 0 ? Side::Left : Side::Right;
    const Vec3f shoulder = a_.rest(world::arm_joint(side, world::kUpperArm));
    const Vec3f wrist = a_.rest(world::arm_joint(side, world::kHand));
    const Vec3f down = base::normalize(wrist - shoulder);
    const float s = base::dot(p - shoulder, down);
    const float away = base::length(p - shoulder - down * s);
    const float ratio = (std::abs(p.y) / 0.105f) / std::max(away / 0.040f, 0.1f * h_);
    return smooth_step(-0.02f * h_, 0.07f * h_, s) * smooth_step(0.75f, 1.35f, ratio) *
           (1 - smooth_step(0.070f * h_, 0.100f * h_, away));
}

Field Tailor::cloth(const Fit& fit) const {
    const auto seed = static_cast<float>(seed_ % 31u);
    return [this, fit, seed](Vec3f p) {
        float d = a_.trunk(p);
        if (fit.leg != 0 && p.z < 0.13f * h_) {
            // Trouser legs fall past the foot instead of following it.
            const Vec3f ankle =
                a_.rest(world::leg_joint(p.y >= 0 ? Side::Left : Side::Right, world::kFoot));
            const float fall =
                std::hypot(p.x - ankle.x - 0.002f * h_, p.y - ankle.y) - 0.0245f * h_;
            d = base::lerp(d, fall, smooth_step(0.12f * h_, 0.075f * h_, p.z));
        }
        d -= fit.ease + fit.hem_ease * smooth_step(hip_z_ + 0.11f * h_, hip_z_ + 0.04f * h_, p.z);
        const float arm = p.z > hip_z_ - 0.1f * h_ ? arm_share(p) : 0.f;
        if (fit.loose > 0 && arm < 0.999f) {
            const float fall =
                drape_(p) - fit.ease * 0.4f + 0.03f * h_ * (1 - fit.loose) + 0.10f * arm;
            d = smooth_min(d, fall, 0.035f);
        }
        d -= fit.sleeve * arm;
        if (fit.leg != 0 && p.z < hip_z_)
            d -= fit.leg * smooth_step(hip_z_ - 0.05f * h_, 0.20f * h_, p.z);
        if (fit.folds > 0) {
            // Long creases: across at the bends, along the fall elsewhere.
            const float fall = cloth_noise({p.x * 26 + seed, p.y * 26, p.z * 7});
            const float cross =
                cloth_noise({p.x * 9, p.y * 9 + seed, p.z * 34 + 20 * std::abs(p.y)});
            const float knee = std::exp(
                -std::pow((p.z - static_cast<float>(a_.body.size.knee_z)) / (0.06f * h_), 2.f));
            const float waist =
                std::exp(-std::pow((p.z - hip_z_ - 0.06f * h_) / (0.05f * h_), 2.f));
            d -= fit.folds * (0.9f * fall + (0.5f + 0.8f * knee + 0.8f * waist) * cross * 0.7f);
        }
        return d;
    };
}

float Tailor::neckline(Vec3f p, float radius, float front_drop) const {
    const Vec3f nape{-0.012f * h_, 0, shoulder_z_ + 0.034f * h_};
    Vec3f d = p - nape;
    // In front the line drops.
    const float front = smooth_step(0.0f, 0.05f * h_, p.x);
    d.z += front_drop * front;
    d.z *= base::lerp(1.0f, 0.85f, front);
    return base::length(d) - radius;
}

void Tailor::sew(const Piece& piece) {
    const auto even = [&](float) { return piece.step * h_; };
    Surface s = mesh_field(piece.cloth, grid_axis(piece.low.x, piece.high.x, even),
                           grid_axis(piece.low.y, piece.high.y, even),
                           grid_axis(piece.low.z, piece.high.z, even), 2);
    s = clip(s, [&](Vec3f p) { return piece.keep(p) + 0.02f; });
    const std::vector<VertexWeights> weights = b_.bones().over(s, piece.weight_rounds);
    const Surface cloth = s;
    s = without_scraps(clip(s, piece.keep), 0.01);
    const auto hem = [&](Surface& cloth, bool rim) {
        cloth.tint.assign(cloth.p.size(), {1, 1, 1});
        // A seam's shade just inside the edge; creases a little darker.
        for (size_t i = 0; i < cloth.p.size(); ++i) {
            const float edge = piece.keep(cloth.p[i]);
            const float stitch = std::exp(-std::pow((edge - 0.014f) / 0.0035f, 2.f));
            cloth.tint[i] = Vec3f{1, 1, 1} * (1 - 0.10f * stitch);
        }
        if (rim)
            add_rim(cloth, [&](Vec3f p) { return std::abs(piece.keep(p)) < 0.002f; },
                    {[&](Vec3f p, Vec3f n, Vec3f t) {
                         return RimStep{p - n * (0.5f * piece.thickness),
                                        base::normalize(n * 0.2f - field_gradient(piece.keep, p)),
                                        t * 0.9f};
                     },
                     [&](Vec3f p, Vec3f n, Vec3f t) {
                         Vec3f inward = field_gradient(piece.keep, p);
                         inward = base::normalize(inward - n * base::dot(inward, n));
                         return RimStep{p - n * (piece.thickness * 1.5f) + inward * 0.012f, -n,
                                        t * 0.35f};
                     }});
    };
    if (piece.trim) {
        Surface band = clip(s, piece.trim);
        Surface rest = clip(s, [&](Vec3f p) { return -piece.trim(p); });
        // The band stands a little proud, as sewn-on cloth does.
        hem(band, true);
        hem(rest, true);
        b_.add(rest, piece.look, carry_weights(cloth, weights, rest));
        b_.add(band, piece.trim_look, carry_weights(cloth, weights, band));
    } else {
        hem(s, true);
        b_.add(s, piece.look, carry_weights(cloth, weights, s));
    }
    if (piece.covers) covers_.push_back(piece.keep);
}

Field Tailor::cover() const {
    return [covers = covers_](Vec3f p) {
        float deepest = -1;
        for (const Field& cover : covers) deepest = std::max(deepest, cover(p));
        return deepest;
    };
}

void Tailor::decal(const std::string& digits, const Field& cloth, Vec3f centre, float height,
                   bool back, Vec3f colour) {
    // Strokes of block figures on a 4 x 6 board: x to the right as read, y up.
    struct Bar {
        float x0, y0, x1, y1;
    };
    static const std::array<std::vector<Bar>, 10> kDigits = {{
        {{0, 0, 1, 6}, {3, 0, 4, 6}, {1, 0, 3, 1}, {1, 5, 3, 6}},
        {{1.6f, 0, 2.6f, 6}, {0.8f, 4.4f, 1.6f, 5.4f}, {0.6f, 0, 3.6f, 0.9f}},
        {{0, 5, 4, 6}, {3, 3.5f, 4, 5}, {0, 2.5f, 4, 3.5f}, {0, 1, 1, 2.5f}, {0, 0, 4, 1}},
        {{0, 5, 4, 6}, {3, 0, 4, 5}, {1, 2.5f, 3, 3.5f}, {0, 0, 3, 1}},
        {{0, 2.4f, 1, 6}, {3, 0, 4, 6}, {1, 2.4f, 3, 3.4f}},
        {{0, 5, 4, 6}, {0, 2.5f, 1, 5}, {1, 2.5f, 4, 3.5f}, {3, 1, 4, 2.5f}, {0, 0, 4, 1}},
        {{0, 0, 1, 6}, {1, 5, 4, 6}, {1, 2.5f, 4, 3.5f}, {3, 1, 4, 2.5f}, {1, 0, 4, 1}},
        {{0, 5, 4, 6}, {3, 3, 4, 5}, {2.2f, 0, 3.2f, 3}},
        {{0, 0, 1, 6}, {3, 0, 4, 6}, {1, 0, 3, 1}, {1, 2.5f, 3, 3.5f}, {1, 5, 3, 6}},
        {{0, 2.5f, 1, 6}, {3, 0, 4, 6}, {1, 5, 3, 6}, {1, 2.5f, 3, 3.5f}, {0, 0, 3, 1}},
    }};
    const float unit = height / 6, advance = 5.0f * unit;
    const float total = advance * static_cast<float>(digits.size()) - unit;
    Surface s;
    for (size_t k = 0; k < digits.size(); ++k) {
        for (const Bar& bar : kDigits[static_cast<size_t>(digits[k] - '0')]) {
            const int nx = std::max(2, static_cast<int>((bar.x1 - bar.x0) * 3)),
                      ny = std::max(2, static_cast<int>((bar.y1 - bar.y0) * 3));
            const auto first = static_cast<uint32_t>(s.p.size());
            for (int j = 0; j <= ny; ++j)
                for (int i = 0; i <= nx; ++i) {
                    const float u = (base::lerp(bar.x0, bar.x1,
                                                static_cast<float>(i) / static_cast<float>(nx))) *
                                        unit +
                                    advance * static_cast<float>(k) - total / 2;
                    const float v =
                        base::lerp(bar.y0, bar.y1, static_cast<float>(j) / static_cast<float>(ny)) *
                            unit -
                        height / 2;
                    // Seen from the front, right as read is the figure's left: +y is left of the
                    // viewer's right.
                    Vec3f p{(back ? -1.f : 1.f) * 0.22f * h_, centre.y + (back ? -u : u),
                            centre.z + v};
                    const Vec3f toward{back ? 1.f : -1.f, 0, 0};
                    for (int step = 0; step < 60; ++step) {
                        const float d = cloth(p);
                        if (d < 0.0004f) break;
                        p += toward * std::min(d * 0.7f, 0.02f);
                    }
                    const Vec3f n = base::normalize(field_gradient(cloth, p, 0.004f));
                    s.p.push_back(p + n * 0.0016f);
                    s.n.push_back(n);
                }
            for (uint32_t j = 0; j < static_cast<uint32_t>(ny); ++j)
                for (uint32_t i = 0; i < static_cast<uint32_t>(nx); ++i) {
                    const uint32_t row = static_cast<uint32_t>(nx) + 1, a = first + j * row + i;
                    s.tri.push_back({a, a + 1, a + row});
                    s.tri.push_back({a + 1, a + row + 1, a + row});
                }
        }
    }
    b_.add_soft(s, {back ? "number_back" : "number", "fabric", colour, "", 0.75f}, 4);
}

void Tailor::skirt(float top_z, float length, float flare, float ruffle, int folds,
                   const PartLook& look, const PartLook& hem) {
    constexpr uint32_t kAround = 120;
    const uint32_t rows = 16;
    const Field body = [this](Vec3f p) { return a_.trunk(p); };
    Surface s;
    std::vector<VertexWeights> weights;
    for (uint32_t j = 0; j <= rows; ++j) {
        const float v = static_cast<float>(j) / static_cast<float>(rows);
        for (uint32_t i = 0; i < kAround; ++i) {
            const float angle = 6.2831853f * static_cast<float>(i) / kAround;
            const Vec3f out{std::cos(angle), std::sin(angle), 0};
            // Start on the waist, then fall away from it.
            Vec3f waist = project(body, Vec3f{out.x * 0.07f * h_, out.y * 0.09f * h_, top_z}, 6) +
                          out * 0.006f;
            waist.z = top_z;
            const float wave =
                ruffle * v *
                (std::sin(angle * static_cast<float>(folds) + 0.6f * std::sin(angle * 3)) * 0.7f +
                 0.3f * std::sin(angle * static_cast<float>(folds) * 2.0f + 1.3f));
            Vec3f p = waist + out * (flare * (0.55f * v + 0.45f * v * v) + wave) +
                      Vec3f{0, 0, -length * v};
            // Never inside the hips.
            const float inside = 0.010f + 0.004f * v - body(p);
            if (inside > 0) p += out * (inside * 1.15f);
            s.p.push_back(p);
            // Between two panels by angle; the waistband follows the pelvis.
            const float sector = angle / 6.2831853f * 8;
            const auto panel = static_cast<int>(sector) % 8;
            const float f = sector - std::floor(sector), blend = f * f * (3 - 2 * f),
                        hang = smooth_step(0.02f, 0.5f, v);
            VertexWeights w;
            w.joint = {static_cast<uint16_t>(world::kPelvis),
                       static_cast<uint16_t>(world::kSkirt0 + panel),
                       static_cast<uint16_t>(world::kSkirt0 + (panel + 1) % 8), 0};
            w.weight = {1 - hang, hang * (1 - blend), hang * blend, 0};
            weights.push_back(w);
        }
    }
    for (uint32_t j = 0; j < rows; ++j)
        for (uint32_t i = 0; i < kAround; ++i) {
            const uint32_t a = j * kAround + i, b = j * kAround + (i + 1) % kAround;
            s.tri.push_back({a, a + kAround, b});
            s.tri.push_back({b, a + kAround, b + kAround});
        }
    recompute_normals(s);
    // Inside, two millimetres in; and a rim of the hem's colour.
    const auto n = static_cast<uint32_t>(s.p.size());
    Surface both = s;
    both.tint.assign(n, {1, 1, 1});
    for (uint32_t i = 0; i < n; ++i) {
        both.p.push_back(s.p[i] - s.n[i] * 0.002f);
        both.n.push_back(-s.n[i]);
        both.tint.push_back({0.6f, 0.6f, 0.6f});
        weights.push_back(weights[i]);
    }
    Surface edge = both;
    edge.tri.clear();
    const uint32_t last_row = (rows - 1) * kAround;
    std::vector<std::array<uint32_t, 3>> outer;
    for (const auto& t : s.tri) (t[0] >= last_row ? edge.tri : outer).push_back(t);
    for (const auto& t : s.tri) outer.push_back({t[0] + n, t[2] + n, t[1] + n});
    for (uint32_t i = 0; i < kAround; ++i) {
        const uint32_t a = rows * kAround + i, b = rows * kAround + (i + 1) % kAround;
        edge.tri.push_back({a, a + n, b});
        edge.tri.push_back({b, a + n, b + n});
    }
    both.tri = outer;
    b_.add(both, look, weights);
    b_.add(edge, hem, weights);
}

void Tailor::tube_ring(float z, float height, float ease, const PartLook& look) {
    Piece p;
    p.look = look;
    p.name = look.name;
    p.cloth = [this, ease](Vec3f q) { return a_.trunk(q) - ease; };
    p.keep = [this, z, height](Vec3f q) {
        return std::min(0.5f * height - std::abs(q.z - z), 0.17f * h_ - std::abs(q.y));
    };
    p.step = 0.0050f;
    p.low = {-0.14f * h_, -0.16f * h_, z - height - 0.02f};
    p.high = {0.14f * h_, 0.16f * h_, z + height + 0.02f};
    p.covers = false;
    sew(p);
}

void Tailor::shoes(const std::string& kind, const Palette& palette) {
    const auto& size = a_.body.size;
    const auto ball = static_cast<float>(size.foot_ball), toe = static_cast<float>(size.foot_toe),
               heel = static_cast<float>(size.foot_heel);
    const bool skate = kind == "skates", dressy = kind == "leather",
               boot = kind == "boots" || skate, high_top = kind == "basketball";
    const float raise = skate ? 0.030f : 0.0f;
    for (const Side side : world::kSides) {
        const Vec3f ankle = a_.rest(world::leg_joint(side, world::kFoot));
        const auto y = static_cast<float>(world::side_sign(side));
        Sculpt shoe;
        const auto at = [&](float x, float out, float z) {
            return Vec3f{ankle.x + x, ankle.y + y * out, z};
        };
        const float floor = raise, sole = skate ? 0.012f : dressy ? 0.012f : 0.024f;
        const float wide = (dressy ? 0.0270f : 0.0290f) * h_, mid_z = floor + 0.020f * h_;
        // Length of the shoe from heel to toe; x of the section is up.
        const Vec3f back = at(-heel - 0.006f * h_, 0, mid_z),
                    front = at(toe + 0.010f * h_, 0, mid_z);
        const float top = std::max(0.2f, (ankle.z - raise) / h_ / 0.044f);
        shoe.tube(
            back, front, {0, 0, 1},
            {{0.00f, 0.004f * h_, 0, 0.024f * h_, 0.0190f * h_},
             {0.12f, 0.006f * h_, 0, 0.030f * h_, 0.0225f * h_},
             {0.32f, 0.006f * h_ * top, 0, 0.033f * h_ * top, 0.0225f * h_},
             {0.55f, 0.000f, -y * 0.001f * h_, 0.025f * h_, wide * 0.90f},
             {0.74f, -0.004f * h_, y * 0.001f * h_, 0.0185f * h_, wide},
             {0.90f, -0.006f * h_, y * 0.003f * h_, 0.0150f * h_, wide * (dressy ? 0.66f : 0.82f)},
             {1.00f, -0.008f * h_, y * 0.004f * h_, 0.0110f * h_, wide * (dressy ? 0.40f : 0.56f)}},
            0.012f);
        const float shaft = boot       ? (skate ? 0.150f : 0.17f) * h_
                            : high_top ? 0.086f * h_
                                       : 0.056f * h_;
        shoe.tube(
            at(-0.004f * h_, 0, floor + 0.02f * h_), at(-0.004f * h_, 0, shaft + 0.03f * h_),
            {1, 0, 0},
            {{0, 0, 0, 0.030f * h_, 0.0230f * h_},
             {0.4f, 0.001f * h_, 0, 0.0275f * h_, 0.0225f * h_},
             {1, -0.004f * h_, 0, (boot ? 0.033f : 0.0275f) * h_, (boot ? 0.030f : 0.024f) * h_}},
            0.020f);
        const Field upper = [&](Vec3f p) {
            // Tongue and laces: ridges over the instep.
            float d = shoe(p);
            const float along = (p.x - ankle.x) / h_, off = std::abs(p.y - ankle.y) / h_;
            if (!dressy && off < 0.014f && along > 0.004f && along < 0.056f &&
                p.z > floor + 0.02f * h_) {
                d -= 0.0022f * smooth_step(0.014f, 0.010f, off);
                d -= 0.0018f * std::max(0.f, std::sin(along * 700.f)) *
                     smooth_step(0.0115f, 0.0095f, off);
            }
            return smooth_max(d, floor - p.z, 0.004f);
        };
        const float collar = shaft;
        const float reach = 0.16f * h_;
        const float step = 0.0044f * h_;
        const auto even = [&](float) { return step; };
        Surface whole = mesh_field(upper, grid_axis(ankle.x - 0.08f * h_, ankle.x + reach, even),
                                   grid_axis(ankle.y - 0.05f * h_, ankle.y + 0.05f * h_, even),
                                   grid_axis(-0.012f * h_, collar + 0.03f * h_, even), 2);
        // The collar dips toward the front and back.
        const Field keep = [&](Vec3f p) {
            return collar + 0.10f * (p.x - ankle.x) * (p.x > ankle.x ? 1.f : -0.3f) - p.z;
        };
        whole = clip(whole, keep);
        const auto parts_line = [&](Vec3f p) {
            return p.z - floor - sole - 0.10f * std::max(0.f, p.x - ankle.x - ball);
        };
        Surface leather = clip(whole, parts_line);
        add_rim(leather, [&](Vec3f p) { return std::abs(keep(p)) < 0.002f; },
                {[&](Vec3f p, Vec3f n, Vec3f) {
                     return RimStep{p - n * 0.004f, Vec3f{0, 0, 1}, {1, 1, 1}};
                 },
                 [&](Vec3f p, Vec3f n, Vec3f) {
                     return RimStep{p - n * 0.008f - Vec3f{0, 0, 0.03f}, -n, {0.2f, 0.2f, 0.2f}};
                 }});
        Surface bottom = clip(whole, [&](Vec3f p) { return -parts_line(p); });
        for (size_t i = 0; i < bottom.p.size(); ++i) {
            // The sole stands out a little all round.
            const Vec3f n = base::normalize(Vec3f{bottom.n[i].x, bottom.n[i].y, 0});
            if (bottom.n[i].z > -0.6f) bottom.p[i] += n * 0.0028f;
            bottom.p[i].z = std::max(bottom.p[i].z, floor + 0.0005f);
        }
        const std::string tail = side == Side::Left ? "_l" : "_r";
        const auto weigh = [&](const Surface& s) {
            std::vector<VertexWeights> w(s.p.size());
            for (size_t i = 0; i < w.size(); ++i) {
                const Vec3f p = s.p[i];
                const float bend = skate || dressy ? 0.f
                                                   : smooth_step(ball - 0.016f * h_,
                                                                 ball + 0.016f * h_, p.x - ankle.x);
                const float shin = smooth_step(ankle.z + 0.005f * h_, ankle.z + 0.075f * h_, p.z);
                w[i].joint = {static_cast<uint16_t>(world::leg_joint(side, world::kFoot)),
                              static_cast<uint16_t>(world::leg_joint(side, world::kToe)),
                              static_cast<uint16_t>(world::leg_joint(side, world::kShin)), 0};
                w[i].weight = {(1 - bend) * (1 - shin), bend * (1 - shin), shin, 0};
            }
            return w;
        };
        b_.add(leather, {"shoe" + tail, "leather", palette.shoes, "", dressy ? 0.25f : 0.5f},
               weigh(leather));
        const Vec3f sole_colour = skate    ? base::colour_from_hex(0x3a2a1e)
                                  : dressy ? base::colour_from_hex(0x120e0c)
                                  : base::luminance(palette.shoes) > 0.5f
                                      ? palette.top
                                      : base::colour_from_hex(0xe8e6e0);
        b_.add(bottom, {"sole" + tail, "rubber", sole_colour, "", 0.7f}, weigh(bottom));
        if (skate) {
            Surface blade;
            const auto box = [&](Vec3f low, Vec3f high) {
                for (int axis = 0; axis < 3; ++axis)
                    for (const float sign : {-1.f, 1.f}) {
                        Vec3f n{};
                        n[axis] = sign;
                        const int u = (axis + 1) % 3, v = (axis + 2) % 3;
                        const auto first = static_cast<uint32_t>(blade.p.size());
                        for (int k = 0; k < 4; ++k) {
                            Vec3f p;
                            p[axis] = sign > 0 ? high[axis] : low[axis];
                            p[u] = (k == 1 || k == 2) ? high[u] : low[u];
                            p[v] = k >= 2 ? high[v] : low[v];
                            blade.p.push_back(p);
                            blade.n.push_back(n);
                        }
                        if (sign > 0) {
                            blade.tri.push_back({first, first + 1, first + 2});
                            blade.tri.push_back({first, first + 2, first + 3});
                        } else {
                            blade.tri.push_back({first, first + 2, first + 1});
                            blade.tri.push_back({first, first + 3, first + 2});
                        }
                    }
            };
            box(at(-heel - 0.010f * h_, 0, 0) - Vec3f{0, 0.0022f, 0},
                at(toe + 0.012f * h_, 0, 0.011f) + Vec3f{0, 0.0022f, 0});
            for (const float x : {-0.020f * h_, ball})
                box(at(x - 0.008f * h_, 0, 0.009f) - Vec3f{0, 0.004f, 0},
                    at(x + 0.010f * h_, 0, raise + 0.002f) + Vec3f{0, 0.004f, 0});
            b_.add_rigid(blade,
                         {"blade" + tail, "steel", base::colour_from_hex(0xd8dde2), "", 0.15f},
                         world::leg_joint(side, world::kFoot));
        }
    }
    const float top = kind == "skates"       ? 0.15f * h_
                      : kind == "boots"      ? 0.17f * h_
                      : kind == "basketball" ? 0.086f * h_
                                             : 0.056f * h_;
    covers_.push_back([top](Vec3f p) { return top - p.z; });
}

}  // namespace render
