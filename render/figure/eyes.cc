// Eyeballs with cornea, iris and pupil; lashes; brows.
#include <cmath>

#include "base/core/random.h"
#include "render/figure/face.h"
#include "world/figure/joints.h"
#include "world/figure/proportions.h"

namespace render {
namespace {

// A strip that narrows to a point, along points, as wide as `width` at its root.
void add_hair_strip(Surface& s, const std::vector<Vec3f>& path, Vec3f across, float width,
                    Vec3f normal, Vec3f tint) {
    const auto first = static_cast<uint32_t>(s.p.size());
    const size_t n = path.size();
    for (size_t i = 0; i < n; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(n - 1);
        const float half = 0.5f * width * (1 - t * t) + 0.00004f;
        for (const float side : {-1.f, 1.f}) {
            s.p.push_back(path[i] + across * (side * half));
            s.n.push_back(base::normalize(normal + across * (side * 0.5f)));
            s.tint.push_back(tint);
        }
    }
    const Vec3f faces = base::cross(s.p[first + 1] - s.p[first], s.p[first + 2] - s.p[first]);
    const bool outward = base::dot(faces, normal) > 0;
    for (uint32_t i = 0; i + 1 < n; ++i) {
        const uint32_t a = first + 2 * i, b = outward ? a + 1 : a + 2, c = outward ? a + 2 : a + 1;
        s.tri.push_back({a, b, c});
        s.tri.push_back({b, a + 3, c});
    }
}

}  // namespace

void add_eyes(SkinBuilder& builder, const Palette& palette) {
    const Anatomy& a = builder.anatomy();
    const float u = a.head_scale, r = a.eye.ball * u;
    for (const int eye : {0, 1}) {
        const Vec3f centre = a.rest(eye == 0 ? world::kEyeL : world::kEyeR);
        // Rings about the gaze: close together where the colours change.
        const float iris = 0.455f, pupil = 0.185f;  // angular radii, rad
        const std::vector<float> rings = {0.0f,  0.09f, 0.155f, 0.178f, 0.192f, 0.23f, 0.29f,
                                          0.35f, 0.40f, 0.432f, 0.458f, 0.485f, 0.53f, 0.62f,
                                          0.75f, 0.95f, 1.2f,   1.5f,   1.9f,   2.4f};
        constexpr uint32_t kAround = 48;
        Surface s;
        const auto white = base::colour_from_hex(0xf2eeea);
        for (size_t ring = 0; ring < rings.size(); ++ring) {
            const float t = rings[ring];
            const float bulge = 0.0008f * u * (1 - smooth_step(0.38f, 0.62f, t));
            for (uint32_t k = 0; k < kAround; ++k) {
                const float angle =
                    2 * static_cast<float>(base::kPi) * static_cast<float>(k) / kAround;
                const Vec3f d{std::cos(t), std::sin(t) * std::cos(angle),
                              std::sin(t) * std::sin(angle)};
                s.p.push_back(centre + d * (r + bulge));
                // The cornea is steeper than the ball: its highlight sits over the pupil.
                const float steep = t < 0.6f ? 1.35f : 1.f;
                s.n.push_back(base::normalize(Vec3f{d.x, d.y * steep, d.z * steep}));
                Vec3f colour;
                if (t < pupil) {
                    colour = {0.004f, 0.004f, 0.005f};
                } else if (t < iris + 0.01f) {
                    const float radial = (t - pupil) / (iris - pupil);
                    const auto bits = base::hash_combine(k, a.body.seed ^ 0x1715u);
                    const float fibre = 0.75f + 0.5f * static_cast<float>(bits & 255u) / 255.f;
                    // Lit from above, the light gathers in the lower half of the iris.
                    const float glow =
                        0.72f +
                        0.85f * smooth_step(0.5f, -1.0f, d.z / std::sin(std::max(t, 0.01f)));
                    colour = palette.iris *
                             (fibre * glow * base::lerp(0.85f, 1.35f, std::sin(radial * 2.6f)));
                    if (radial > 0.80f)
                        colour *= base::lerp(1.f, 0.16f, smooth_step(0.80f, 1.0f, radial));
                } else {
                    const float red = smooth_step(0.62f, 1.15f, t);
                    colour = base::lerp(white, Vec3f{0.80f, 0.52f, 0.46f}, 0.55f * red);
                    if (t < 0.50f) colour = base::lerp(palette.iris * 0.25f, colour, 0.55f);
                    // Shade of the upper lid.
                    colour *= 1 - 0.45f * smooth_step(0.15f, 0.45f, d.z);
                }
                s.tint.push_back(colour);
            }
        }
        for (uint32_t ring = 0; ring + 1 < rings.size(); ++ring)
            for (uint32_t k = 0; k < kAround; ++k) {
                const uint32_t p = ring * kAround + k, q = ring * kAround + (k + 1) % kAround;
                s.tri.push_back({p, p + kAround, q});
                s.tri.push_back({q, p + kAround, q + kAround});
            }
        const int joint = eye == 0 ? world::kEyeL : world::kEyeR;
        builder.add_rigid(s, {eye == 0 ? "eye_l" : "eye_r", "resin", {1, 1, 1}, "eye", 0.08f},
                          joint);

        // The pink corner toward the nose.
        const float inward = eye == 0 ? -1.f : 1.f;
        Surface corner;
        for (uint32_t j = 0; j <= 8; ++j)
            for (uint32_t i = 0; i < 12; ++i) {
                const float t = 3.14159265f * static_cast<float>(j) / 8,
                            f = 6.2831853f * static_cast<float>(i) / 12;
                const Vec3f d{std::sin(t) * std::cos(f), std::sin(t) * std::sin(f), std::cos(t)};
                const float az = a.eye.inner * 0.97f, rr = a.eye.ball * u;
                corner.p.push_back(centre +
                                   Vec3f{std::cos(az), inward * std::sin(az), -0.06f} * rr +
                                   d * Vec3f{0.0022f, 0.0034f, 0.0024f} * u);
                corner.n.push_back(d);
            }
        for (uint32_t j = 0; j < 8; ++j)
            for (uint32_t i = 0; i < 12; ++i) {
                const uint32_t p = j * 12 + i, q = j * 12 + (i + 1) % 12;
                corner.tri.push_back({p, p + 12, q});
                corner.tri.push_back({q, p + 12, q + 12});
            }
        builder.add_rigid(corner,
                          {eye == 0 ? "corner_l" : "corner_r", "skin",
                           palette.skin * Vec3f{0.92f, 0.62f, 0.58f}, "", 0.3f},
                          world::kHead);

        // Catch-light: a window's reflection that stays put while the eye moves.
        Surface glint;
        const auto spot = [&](Vec3f d, float size) {
            d = base::normalize(d);
            const Vec3f x = base::any_perpendicular(d), y = base::cross(d, x);
            const auto first = static_cast<uint32_t>(glint.p.size());
            const Vec3f at = centre + d * (r + 0.00105f * u);
            glint.p.push_back(at);
            glint.n.push_back(d);
            for (uint32_t k = 0; k < 10; ++k) {
                const float angle =
                    2 * static_cast<float>(base::kPi) * static_cast<float>(k) / 10.f;
                glint.p.push_back(at + (x * std::cos(angle) + y * std::sin(angle)) * (size * u));
                glint.n.push_back(d);
                glint.tri.push_back({first, first + 1 + k, first + 1 + (k + 1) % 10});
            }
        };
        spot({1, 0.17f, 0.19f}, 0.00125f);
        spot({1, -0.13f, -0.16f}, 0.00055f);
        builder.add_rigid(glint,
                          {eye == 0 ? "glint_l" : "glint_r", "resin", {1, 1, 1}, "", 0.5f, 0.6f},
                          world::kHead);
    }
}

void add_brows(SkinBuilder& builder, const Palette& palette, const world::FigureLook& look) {
    const Anatomy& a = builder.anatomy();
    const float u = a.head_scale;
    const bool man = a.body.size.female < 0.2 && a.body.size.child < 0.5;
    const Field head = [&](Vec3f q) { return a.head({q.x, std::sqrt(q.y * q.y + 4e-6f), q.z}); };
    Surface brows, lashes;
    const auto drop = 0.010f * static_cast<float>(a.body.size.child);
    base::Rng rng(a.body.seed, 77);
    for (const float side : {1.f, -1.f}) {
        // Brow: three rows of short strips that lean outward along an arch.
        const int count = 28;
        for (int i = 0; i < count; ++i) {
            for (int row = 0; row < 3; ++row) {
                const float t =
                    (static_cast<float>(i) + 0.5f * static_cast<float>(row & 1)) / count;
                const float y =
                    base::lerp(0.0130f, 0.0525f, t) + 0.0010f * static_cast<float>(1 - row);
                const float arch =
                    (man ? 0.0042f : 0.0060f) * std::sin(std::pow(t, 1.25f) * 2.75f) -
                    0.0040f * t * t + 0.0012f * a.face.brow;
                const float thick = (man ? 0.0044f : 0.0034f) * (1 - 0.75f * t * t) *
                                    (0.55f + 0.45f * smooth_step(0.0f, 0.22f, t));
                const float z =
                    0.0765f - drop + arch + thick * (static_cast<float>(row) - 1) * 0.42f;
                Vec3f dir{0, 0.35f + 1.0f * t, (0.85f - 1.25f * t) * (row == 2 ? 0.4f : 1.0f)};
                dir = base::normalize(dir);
                const float length =
                    (0.0068f + 0.0022f * static_cast<float>(rng.uniform())) * (1 - 0.3f * t);
                std::vector<Vec3f> path;
                Vec3f n{1, 0, 0};
                for (int k = 0; k < 4; ++k) {
                    const float d = length * static_cast<float>(k) / 3.f;
                    Vec3f q = project(
                        head, {0.088f - 0.25f * (y - 0.0125f), y + dir.y * d, z + dir.z * d});
                    n = base::normalize(field_gradient(head, q));
                    q += n * (0.0009f - 0.0003f * static_cast<float>(k) / 3.f);
                    path.push_back(a.from_head({q.x, side * q.y, q.z}));
                }
                Vec3f normal{n.x, side * n.y, n.z};
                const Vec3f along = base::normalize(path.back() - path.front());
                const float shade = 0.8f + 0.4f * static_cast<float>(rng.uniform());
                add_hair_strip(brows, path, base::normalize(base::cross(normal, along)),
                               0.0013f * u * (0.7f + 0.3f * smooth_step(0, 0.2f, t)), normal,
                               Vec3f{1, 1, 1} * shade);
            }
        }
        // Lashes: curl up and out from the upper margin, short ones below.
        const bool made_up = !man && look.age != "child";
        for (const int which : {1, -1}) {
            const int hairs = which > 0 ? 26 : 14;
            for (int i = 0; i < hairs; ++i) {
                const float s = base::lerp(
                    -0.80f, 0.97f, (static_cast<float>(i) + 0.5f) / static_cast<float>(hairs));
                const Vec3f root = lid_point(a.eye, s, which, 0, a.eye.lid - 0.0006f);
                const Vec3f out = base::normalize(root - a.eye.centre);
                const float grow = (which > 0 ? (made_up ? 0.0072f : 0.0050f) : 0.0026f) *
                                   (0.62f + 0.38f * smooth_step(-0.8f, 0.6f, s));
                std::vector<Vec3f> path;
                for (int k = 0; k < 4; ++k) {
                    const float d = static_cast<float>(k) / 3.f;
                    const Vec3f q =
                        root + out * (grow * d * 0.8f) +
                        Vec3f{0, 0.40f * s, which * (which > 0 ? 0.15f + 0.85f * d : 0.5f)} *
                            (grow * d * 0.75f);
                    path.push_back(a.from_head({q.x, side * q.y, q.z}));
                }
                const Vec3f across{0, 1, 0};
                add_hair_strip(lashes, path, across, (which > 0 ? 0.0011f : 0.0006f) * u,
                               {0.8f, 0, which * 0.6f}, {1, 1, 1});
            }
        }
    }
    const auto add_with_face = [&](Surface& s, const PartLook& part) {
        std::vector<FaceShift> face;
        std::vector<VertexWeights> weights(s.p.size(), VertexWeights::only(world::kHead));
        for (size_t i = 0; i < s.p.size(); ++i) {
            FaceShift f = face_shift(a, a.to_head(s.p[i]), 0);
            f.vertex = static_cast<uint32_t>(i);
            face.push_back(f);
        }
        builder.add(s, part, weights, face);
    };
    // Brows a shade darker than the hair, never quite black.
    const Vec3f brow = palette.hair * 0.75f + Vec3f{0.006f, 0.004f, 0.003f};
    add_with_face(brows, {"brows", "hair", brow, "hair", 0.7f});
    // Lashes carry the motion of the margin that they grow from.
    std::vector<FaceShift> face;
    for (size_t i = 0; i < lashes.p.size(); ++i) {
        const Vec3f root = a.to_head(lashes.p[i - i % 8]);
        FaceShift f = face_shift(a, {root.x, root.y, root.z}, 0);
        f.vertex = static_cast<uint32_t>(i);
        face.push_back(f);
    }
    builder.add(lashes, {"lashes", "hair", {0.012f, 0.009f, 0.008f}, "hair", 0.8f},
                std::vector<VertexWeights>(lashes.p.size(), VertexWeights::only(world::kHead)),
                face);
}

}  // namespace render
