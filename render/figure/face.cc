#include "render/figure/face.h"

#include <cmath>

#include "world/figure/joints.h"

namespace render {
namespace {

float gauss(float x, float width) { return std::exp(-x * x / (width * width)); }

float upper_lid(const EyePlan& eye, float s) {
    const float a = std::abs(s);
    if (a >= 1) return 0;
    return eye.upper * std::pow(1 - std::pow(a, 2.2f), 0.70f) * (1 - 0.10f * s);
}
float lower_lid(const EyePlan& eye, float s) {
    const float a = std::abs(s);
    if (a >= 1) return 0;
    return -eye.lower * std::pow(1 - a * a, 0.85f) * (1 + 0.14f * s);
}

}  // namespace

LidAngles lid_angles(const EyePlan& eye, Vec3f q) {
    const Vec3f d = q - eye.centre;
    LidAngles out{};
    const float azimuth = std::atan2(d.y, d.x);
    out.s = azimuth / (azimuth < 0 ? eye.inner : eye.outer);
    out.elevation =
        std::atan2(d.z, std::hypot(d.x, d.y)) - eye.tilt * std::clamp(out.s, -1.4f, 1.4f);
    out.upper = upper_lid(eye, out.s);
    out.lower = lower_lid(eye, out.s);
    return out;
}

Vec3f lid_point(const EyePlan& eye, float s, int which, float extra, float radius) {
    const float e = (which > 0 ? upper_lid(eye, s) : lower_lid(eye, s)) + eye.tilt * s + extra;
    const float az = eye.azimuth(s);
    return eye.centre +
           Vec3f{std::cos(e) * std::cos(az), std::cos(e) * std::sin(az), std::sin(e)} * radius;
}

float jaw_share(const Anatomy& a, Vec3f q, int mouth_side) {
    const float forward = q.x - 0.012f, below = 0.008f - q.z;
    const float angle = std::atan2(below, std::max(forward, 0.001f));
    float share = smooth_step(0.14f, 0.52f, angle) * smooth_step(-0.006f, 0.036f, q.x) *
                  smooth_step(-0.084f, -0.064f, q.z);
    const float s = std::abs(q.y) / a.mouth.half_width;
    if (s < 1 && q.x > 0.066f) {
        const float line = a.mouth_line_z(q.y);
        const int side = mouth_side != 0 ? mouth_side : q.z > line ? 1 : -1;
        const float corner = 1 - s * s * s;
        // Lips follow wholly; away from the line they fade into the cheek.
        const float near = gauss(q.z - line, 0.016f);
        if (side < 0)
            share += (1 - share) * corner * std::max(near, smooth_step(0, 0.012f, line - q.z));
        else share *= 1 - corner * std::max(near, smooth_step(0, 0.012f, q.z - line));
    }
    return share;
}

FaceShift face_shift(const Anatomy& a, Vec3f q, int mouth_side) {
    FaceShift f;
    const float side = q.y >= 0 ? 1.f : -1.f;
    const float y = std::abs(q.y), w = a.mouth.half_width;
    const float line = a.mouth_line_z(std::min(y, w));
    const float front = smooth_step(0.030f, 0.070f, q.x);
    // Corner of the mouth: out, up, back. The cheek above rises with it.
    const float corner = gauss(y - w, 0.0150f) * gauss(q.z - line, 0.0150f) * front;
    const float cheek = gauss(y - 0.040f, 0.016f) * gauss(q.z - 0.008f, 0.017f) * front;
    const float lip_line = std::min(1.f, y / w);
    const float lips = gauss(std::max(0.f, y - w), 0.009f) * gauss(q.z - line, 0.012f) * front;
    f.smile = Vec3f{-0.0038f, side * 0.0046f, 0.0052f} * corner +
              Vec3f{0.0022f, side * 0.0010f, 0.0038f} * cheek +
              Vec3f{-0.0012f, side * 0.0020f * lip_line, 0.0006f} * (lips * (1 - corner));
    f.wide = Vec3f{-0.0020f, side * 0.0055f, 0.0006f} * corner +
             Vec3f{-0.0010f, side * 0.0040f * lip_line, 0} * (lips * (1 - corner));
    f.forward = Vec3f{0.0070f, 0, 0} * (lips * (1 - 0.5f * lip_line));
    const bool upper = mouth_side != 0 ? mouth_side > 0 : q.z > line;
    const float mid = 1 - std::min(1.f, y / (w * 1.05f)) * std::min(1.f, y / (w * 1.05f));
    if (upper) f.upper = Vec3f{0.0006f, 0, 0.0048f} * (mid * gauss(q.z - line, 0.012f) * front);
    const float brow = gauss(q.z - 0.083f, 0.018f) * gauss(y - 0.030f, 0.034f) * front;
    f.brow = Vec3f{0, 0, 0.0075f} * brow;
    // Lids.
    const Vec3f m{q.x, y, q.z};
    const float r = base::length(m - a.eye.centre);
    if (r < a.eye.lid * 1.5f && m.x > a.eye.centre.x) {
        const LidAngles l = lid_angles(a.eye, m);
        const float near = 1 - smooth_step(1.06f, 1.42f, r / a.eye.lid);
        const float ends = 1 - smooth_step(0.96f, 1.25f, std::abs(l.s));
        const float meet = base::lerp(l.lower, l.upper, 0.16f);  // where the lids meet
        if (l.elevation > 0.5f * (l.upper + l.lower)) {
            const float fade = 1 - smooth_step(0.0f, 0.62f, l.elevation - l.upper);
            f.shut_angle = (l.upper - meet + 0.02f) * fade * near * ends;
            f.follow = 0.55f * fade * near * ends * std::sqrt(std::max(0.f, l.upper / a.eye.upper));
        } else {
            const float fade = 1 - smooth_step(0.0f, 0.5f, l.lower - l.elevation);
            f.shut_angle = (l.lower - meet) * fade * near * ends;
            f.follow =
                0.22f * fade * near * ends * std::sqrt(std::max(0.f, -l.lower / a.eye.lower));
        }
        if (f.shut_angle != 0 || f.follow != 0) f.eye = q.y >= 0 ? 0 : 1;
    }
    return f;
}

void add_head(SkinBuilder& builder, const Palette& palette, const world::FigureLook& look) {
    const Anatomy& a = builder.anatomy();
    const float u = a.head_scale;
    // Meshed in the head's own frame: fine where the face is.
    const Field field = [&](Vec3f q) { return a.skin(a.from_head(q)) / u; };
    const auto xs = grid_axis(-0.125f, 0.130f, [](float x) {
        return x > 0.062f ? 0.0026f : x > 0.035f ? 0.0040f : x > -0.036f ? 0.0050f : 0.0100f;
    });
    const auto half = grid_axis(0.0f, 0.098f, [](float y) {
        return y < 0.050f ? 0.0024f : y < 0.066f ? 0.0042f : 0.0032f;
    });
    std::vector<float> ys;
    for (size_t i = half.size(); i-- > 1;) ys.push_back(-half[i]);
    ys.insert(ys.end(), half.begin(), half.end());
    const auto zs = grid_axis(-0.100f, 0.182f, [](float z) {
        return z < -0.066f   ? 0.0060f
               : z < -0.034f ? 0.0036f
               : z < 0.070f  ? 0.0023f
               : z < 0.090f  ? 0.0042f
                             : 0.0100f;
    });
    Surface s = mesh_field(field, xs, ys, zs, 2);
    s = clip(s, [](Vec3f q) { return q.z - kNeckCut; });
    // Open the eyes.
    s = clip(s, [&](Vec3f q) {
        const Vec3f m{q.x, std::abs(q.y), q.z};
        if (m.x < a.eye.centre.x || base::length(m - a.eye.centre) > a.eye.lid * 1.45f) return 1.f;
        const LidAngles l = lid_angles(a.eye, m);
        return std::abs(l.s) >= 1 ? 1.f : -l.inside() * a.eye.lid;
    });

    // Colour of the face, before cutting so that edges inherit it.
    const auto child = static_cast<float>(a.body.size.child),
               woman = static_cast<float>(a.body.size.female);
    const float full = 1 + 0.16f * a.face.lips + 0.10f * woman;
    s.tint.assign(s.p.size(), {1, 1, 1});
    const Vec3f lip_tint = palette.lips / palette.skin;
    const Vec3f blush =
        base::lerp(Vec3f{1, 1, 1}, Vec3f{1.04f, 0.80f, 0.78f}, 0.55f + 0.25f * child);
    for (size_t i = 0; i < s.p.size(); ++i) {
        const Vec3f q = s.p[i];
        const float y = std::abs(q.y), w = a.mouth.half_width;
        Vec3f& t = s.tint[i];
        const auto mix = [&](Vec3f colour, float share) {
            t *= base::lerp(Vec3f{1, 1, 1}, colour, share);
        };
        mix(blush, gauss(y - 0.044f, 0.022f) * gauss(q.z - 0.010f, 0.020f) *
                       smooth_step(0.04f, 0.07f, q.x));
        mix(blush, 0.8f * gauss(y, 0.014f) * gauss(q.z - 0.014f, 0.012f) *
                       smooth_step(0.095f, 0.105f, q.x));
        mix(blush, 0.7f * smooth_step(0.068f, 0.078f, y) * gauss(q.z - 0.030f, 0.03f));
        mix({0.90f, 0.80f, 0.80f}, 0.55f * gauss(y - a.eye.centre.y, 0.020f) *
                                       gauss(q.z - a.eye.centre.z, 0.014f) *
                                       smooth_step(0.07f, 0.08f, q.x));
        if (look.sex == "male" && look.age != "child" && woman < 0.5f)  // shaved beard
            mix({0.86f, 0.88f, 0.90f}, 0.45f * smooth_step(-0.004f, -0.020f, q.z) *
                                           smooth_step(-0.075f, -0.060f, q.z) *
                                           smooth_step(0.0f, 0.03f, q.x));
        const float sy = std::min(1.f, y / w), line = a.mouth_line_z(std::min(y, w));
        const float taper = std::pow(std::max(0.f, 1 - sy * sy), 0.75f);
        const float top = (0.0078f * full * taper - 0.0012f * gauss(y, 0.004f)),
                    low = 0.0096f * full * taper;
        if (q.x > 0.070f && y < w * 1.03f) {
            const float d = q.z > line ? top - (q.z - line) : low - (line - q.z);
            mix(lip_tint, smooth_step(-0.0008f, 0.0011f, d));
            // The corner and the line between the lips lie in shade.
            mix({0.55f, 0.42f, 0.42f}, 0.75f * gauss(q.z - line, 0.0013f) * (y < w ? 1.f : 0.3f));
        }
        if (y < 0.012f)
            mix({0.5f, 0.38f, 0.36f},
                0.8f *
                    smooth_step(0.0025f, -0.001f,
                                a.head({q.x, y + 0.0f, q.z + 0.0012f}) + 0.0022f) *
                    gauss(y - 0.0062f, 0.003f) * gauss(q.z - 0.0045f, 0.004f) *
                    smooth_step(0.094f, 0.098f, q.x));
    }
    // Part the lips.
    const float w = a.mouth.half_width;
    std::vector<int8_t> side = slit(
        s, [&](Vec3f q) { return q.z - a.mouth_line_z(q.y); },
        [&](Vec3f q) {
            return std::abs(q.y) < w * 0.985f && q.x > a.mouth.front_x - 0.030f &&
                   std::abs(q.z - a.mouth.z) < 0.012f;
        });

    // Rims: lids get thickness toward the ball, lips roll inward to a dark mouth.
    const auto eye_of = [&](Vec3f q) {
        return Vec3f{a.eye.centre.x, q.y >= 0 ? a.eye.centre.y : -a.eye.centre.y, a.eye.centre.z};
    };
    const size_t before_lids = s.p.size();
    const auto at_eye = [&](Vec3f q) {
        return base::length(q - eye_of(q)) < a.eye.lid * 1.4f && q.x > a.eye.centre.x &&
               q.z > 0.012f;
    };
    add_rim(
        s, at_eye,
        {[&](Vec3f q, Vec3f n, Vec3f) {
             const Vec3f d = base::normalize(q - eye_of(q));
             const bool top = q.z > a.eye.centre.z + 0.002f;
             return RimStep{
                 eye_of(q) + d * (a.eye.ball + 0.0013f),
                 base::normalize(n * 0.3f + Vec3f{0.6f, 0, q.z > a.eye.centre.z ? -0.7f : 0.7f}),
                 top ? Vec3f{0.24f, 0.17f, 0.15f} : Vec3f{0.92f, 0.66f, 0.62f}};
         },
         [&](Vec3f q, Vec3f n, Vec3f) {
             const Vec3f d = base::normalize(q - eye_of(q));
             return RimStep{
                 eye_of(q) + d * (a.eye.ball - 0.0012f),
                 base::normalize(n * 0.3f + Vec3f{0.6f, 0, q.z > a.eye.centre.z ? -0.7f : 0.7f}),
                 Vec3f{0.30f, 0.18f, 0.16f}};
         }});
    std::vector<int8_t> rim_side(s.p.size(), 0);
    std::copy(side.begin(), side.end(), rim_side.begin());
    // add_rim does not know the sides: lips are rimmed twice, once for each side.
    std::vector<uint32_t> origin;
    for (const int which : {1, -1}) {
        const size_t first = s.p.size();
        std::vector<Vec3f> marks;
        for (size_t i = 0; i < rim_side.size(); ++i)
            if (rim_side[i] == which) marks.push_back(s.p[i]);
        // Select by vertex: move the other side's border out of reach while rimming this one.
        std::vector<std::pair<size_t, Vec3f>> parked;
        for (size_t i = 0; i < rim_side.size(); ++i)
            if (rim_side[i] == -which) {
                parked.emplace_back(i, s.p[i]);
                s.p[i] = {9, 9, 9};
            }
        add_rim(s,
                [&](Vec3f q) {
                    return q.x < 1 && std::abs(q.y) < w && q.x > 0.06f && q.x < 0.2f &&
                           std::abs(q.z - a.mouth.z) < 0.01f;
                },
                {[&](Vec3f q, Vec3f n, Vec3f t) {
                     return RimStep{q + Vec3f{-0.0050f, 0, which * 0.0012f},
                                    base::normalize(n * 0.4f + Vec3f{0.3f, 0, -0.8f * which}),
                                    t * Vec3f{0.55f, 0.42f, 0.42f}};
                 },
                 [&](Vec3f q, Vec3f n, Vec3f) {
                     return RimStep{q + Vec3f{-0.0110f, 0, which * 0.0085f},
                                    base::normalize(n * 0.2f + Vec3f{0, 0, -1.f * which}),
                                    Vec3f{0.16f, 0.06f, 0.06f}};
                 }});
        for (const auto& [i, p] : parked) s.p[i] = p;
        rim_side.resize(s.p.size(), 0);
        for (size_t i = first; i < s.p.size(); ++i) rim_side[i] = static_cast<int8_t>(which);
    }
    (void)before_lids;
    (void)origin;

    std::vector<FaceShift> face;
    Surface placed = s;
    for (size_t i = 0; i < s.p.size(); ++i) {
        FaceShift f = face_shift(a, s.p[i], rim_side[i]);
        f.vertex = static_cast<uint32_t>(i);
        const float motion = base::length(f.smile) + base::length(f.wide) +
                             base::length(f.forward) + base::length(f.upper) + base::length(f.brow);
        if (motion > 2e-5f || f.eye >= 0) face.push_back(f);
        placed.p[i] = a.from_head(s.p[i]);
    }
    std::vector<VertexWeights> weights = builder.bones().over(placed, 3);
    for (size_t i = 0; i < weights.size(); ++i) {
        const Vec3f q = s.p[i];
        // The skull is rigid; the neck shares below the jaw line.
        const float skull =
            smooth_step(-0.072f, -0.020f,
                        q.z + (q.x > 0.02f ? 0.25f * (q.x - 0.02f) : 0.2f * (q.x - 0.02f))) *
            smooth_step(-0.086f, -0.070f, q.z);
        const float jaw = jaw_share(a, q, rim_side[i]);
        VertexWeights& v = weights[i];
        std::vector<std::pair<int, float>> mix;
        for (size_t k = 0; k < 4; ++k)
            if (v.weight[k] > 0)
                mix.emplace_back(v.joint[k], v.weight[k] * (1 - skull) * (1 - jaw));
        const auto give = [&](int joint, float share) {
            for (auto& [j, x] : mix)
                if (j == joint) {
                    x += share;
                    return;
                }
            mix.emplace_back(joint, share);
        };
        give(world::kHead, skull * (1 - jaw));
        give(world::kJaw, jaw);
        std::sort(mix.begin(), mix.end(), [](auto& x, auto& y) { return x.second > y.second; });
        v = {};
        float sum = 0;
        for (size_t k = 0; k < std::min<size_t>(4, mix.size()); ++k) sum += mix[k].second;
        for (size_t k = 0; k < std::min<size_t>(4, mix.size()); ++k) {
            v.joint[k] = static_cast<uint16_t>(mix[k].first);
            v.weight[k] = mix[k].second / sum;
        }
    }
    builder.add(placed, {"head", "skin", palette.skin}, weights, face);
}

}  // namespace render
