// The head, authored at 0.24 m chin to crown in the frame of the head joint (x forward, y >= 0
// stands for both sides, z up). Canon of the face: eyes half way up, brow - nose - chin in thirds.
#include "render/figure/anatomy.h"

namespace render {

void sculpt_head(Anatomy& a) {
    Sculpt& s = a.head;
    const FaceShape& f = a.face;
    const auto& size = a.body.size;
    const auto woman = static_cast<float>(size.female), child = static_cast<float>(size.child),
               old = static_cast<float>(size.old);
    const float man = 1 - std::max(woman, child);
    const float wide = 1 + 0.025f * f.face_width + 0.02f * child;
    const float drop = 0.010f * child;  // a child's face sits lower on the skull

    // Skull and the mass of the face.
    s.ellipsoid({-0.009f, 0, 0.081f}, {0.0935f, 0.0750f, 0.091f}, 0.01f);
    s.ellipsoid({0.030f, 0, 0.078f}, {0.062f, 0.0640f, 0.060f}, 0.03f);  // forehead
    s.ellipsoid({0.030f, 0, 0.016f - drop}, {0.0600f, (0.0570f + 0.002f * man) * wide, 0.066f},
                0.04f);
    // Jaw: corner to chin, the floor of the mouth between.
    const float jaw = (0.0425f + 0.0025f * f.jaw_width + 0.0065f * man) * wide;
    const float chin_z = -0.0545f - 0.002f * f.chin + 0.006f * child;
    const float chin_x = 0.0760f + 0.0018f * f.chin - 0.006f * child;
    const float chin_y = 0.0050f + 0.0065f * man;
    s.capsule({0.004f, jaw, -0.016f}, {chin_x - 0.012f, 0.0130f + 0.005f * man, chin_z + 0.005f},
              0.0140f, 0.0130f, 0.030f);
    s.capsule({chin_x, 0, chin_z + 0.001f}, {chin_x - 0.002f, chin_y, chin_z + 0.002f}, 0.0122f,
              0.0112f, 0.020f);
    s.ellipsoid({0.040f, 0, -0.032f}, {0.040f, 0.032f, 0.026f}, 0.028f);
    s.ellipsoid({0.074f, 0, -0.018f}, {0.0185f, 0.026f, 0.026f}, 0.024f);  // muzzle
    // Cheek bone and cheek.
    s.ellipsoid({0.0575f, 0.0480f * wide, 0.0255f - drop}, {0.020f, 0.0155f, 0.016f}, 0.026f);
    s.ellipsoid({0.0620f, 0.0370f, 0.004f - drop},
                {0.0225f, 0.0200f, 0.0240f + 0.002f * f.cheeks + 0.003f * child}, 0.028f);
    if (old > 0) {  // fold beside the mouth
        s.capsule({0.092f, 0.0190f, 0.006f}, {0.083f, 0.031f, -0.010f}, 0.0006f, 0.0006f, 0.012f);
        s.carve();
    }

    // Brow, then the socket carved under it, then the ball of the lids laid in.
    const float brow_z = 0.0765f - drop;
    s.capsule({0.0835f + 0.002f * man, 0.006f, brow_z - 0.002f}, {0.0700f, 0.047f, brow_z + 0.001f},
              0.0100f + 0.0016f * man, 0.0090f, 0.020f);
    const Vec3f e = a.eye.centre;
    s.ellipsoid({e.x + 0.0205f, e.y + 0.001f, e.z + 0.003f}, {0.0125f, 0.0195f, 0.0135f}, 0.014f);
    s.carve();
    s.ellipsoid({e.x + 0.0135f, e.y - 0.0170f, e.z - 0.001f}, {0.0065f, 0.0050f, 0.0060f}, 0.010f);
    s.carve();
    s.ellipsoid(e, {a.eye.lid, a.eye.lid, a.eye.lid}, 0.0060f);
    // The crease above the lid and the soft fold below.
    s.capsule(e + Vec3f{0.0130f, -0.0125f, 0.0105f}, e + Vec3f{0.0150f, 0.002f, 0.0135f}, 0.0011f,
              0.0013f, 0.0040f);
    s.carve();
    s.capsule(e + Vec3f{0.0150f, 0.002f, 0.0135f}, e + Vec3f{0.0085f, 0.0155f, 0.0090f}, 0.0013f,
              0.0011f, 0.0040f);
    s.carve();

    // Nose: bridge, ball, wings, the strut between the nostrils.
    const float long_x = 0.0025f * f.nose_length + 0.0012f * man - 0.006f * child;
    const float tip_z = 0.0150f - drop + 0.0022f * f.nose_tip + 0.0016f * woman + 0.003f * child;
    const float nose_w = 1 + 0.12f * f.nose_width + 0.10f * man;
    const Vec3f tip{0.1100f + long_x, 0, tip_z};
    s.capsule({0.0835f, 0, 0.0660f - drop}, {0.0945f + 0.5f * long_x, 0, 0.0400f - drop}, 0.0062f,
              0.0056f * nose_w, 0.020f);
    s.capsule({0.0945f + 0.5f * long_x, 0, 0.0400f - drop}, tip - Vec3f{0.0066f, 0, -0.001f},
              0.0056f * nose_w, 0.0066f * nose_w, 0.016f);
    s.ellipsoid(tip - Vec3f{0.0062f, 0, 0.0000f}, {0.0078f, 0.0080f * nose_w, 0.0066f}, 0.010f);
    s.ellipsoid({0.0960f + 0.6f * long_x, 0.0104f * nose_w, tip_z - 0.0042f},
                {0.0078f, 0.0048f, 0.0050f}, 0.0085f);
    s.capsule({tip.x - 0.0078f, 0, tip_z - 0.0050f}, {0.0930f, 0, tip_z - 0.0092f}, 0.0036f,
              0.0042f, 0.006f);
    s.ellipsoid({0.0990f + 0.7f * long_x, 0.0058f * nose_w, tip_z - 0.0094f},
                {0.0050f, 0.0026f, 0.0034f}, 0.0022f, Quatf::from_axis_angle({0, 0, 1}, 0.35f));
    s.carve();

    // Philtrum and lips. Points along half a mouth, middle to corner.
    const float w = a.mouth.half_width, x = a.mouth.front_x - 0.002f * child;
    const float full =
        1 + 0.16f * f.lips + 0.10f * woman + 0.04f * child - 0.08f * old - 0.06f * man;
    s.capsule({x + 0.0030f, 0, a.mouth.z + 0.0185f}, {x + 0.0045f, 0, a.mouth.z + 0.0095f}, 0.0021f,
              0.0026f, 0.0055f);
    s.carve();
    struct LipPoint {
        float s, back, upper, lower;  // along, depth, radii of upper and lower lip
    };
    const LipPoint lip[5] = {{0.00f, 0.0000f, 0.0042f, 0.0054f},
                             {0.22f, 0.0004f, 0.0050f, 0.0055f},
                             {0.52f, 0.0036f, 0.0041f, 0.0046f},
                             {0.80f, 0.0092f, 0.0026f, 0.0028f},
                             {1.04f, 0.0152f, 0.0012f, 0.0013f}};
    for (int i = 0; i < 4; ++i) {
        const LipPoint &p = lip[i], &q = lip[i + 1];
        const auto point = [&](const LipPoint& l, float up) {
            const float r = (up > 0 ? l.upper : l.lower) * full;
            return Vec3f{x - l.back - 0.0048f + (up > 0 ? 0.0006f : -0.0004f), l.s * w,
                         a.mouth_line_z(l.s * w) + up * r * 0.88f};
        };
        s.capsule(point(p, 1), point(q, 1), p.upper * full, q.upper * full,
                  i == 0 ? 0.0035f : 0.0030f);
    }
    // The lower lip is joined with a hair's fillet, so that a line stays between the two.
    for (int i = 0; i < 4; ++i) {
        const LipPoint &p = lip[i], &q = lip[i + 1];
        const auto point = [&](const LipPoint& l) {
            const float r = l.lower * full;
            return Vec3f{x - l.back - 0.0056f, l.s * w, a.mouth_line_z(l.s * w) - r * 0.90f};
        };
        s.capsule(point(p), point(q), p.lower * full, q.lower * full, 0.0020f);
    }
    // Hollow under the lower lip.
    s.capsule({x + 0.0010f, 0, a.mouth.z - 0.0165f}, {x - 0.004f, 0.009f, a.mouth.z - 0.0155f},
              0.0030f, 0.0020f, 0.010f);
    s.carve();

    // Ear: a tilted disc with its rim, hollow and lobe.
    const Quatf lean = Quatf::from_axis_angle({0, 0, 1}, -0.36f) *
                       Quatf::from_axis_angle({1, 0, 0}, -0.10f) *
                       Quatf::from_axis_angle({0, 1, 0}, -0.18f);
    const Vec3f ear{-0.0130f, 0.0725f, 0.0330f - drop};
    const auto in_ear = [&](float fx, float fy, float fz) {
        return ear + lean.rotate({fx, fy, fz});
    };
    s.ellipsoid(ear, {0.0165f, 0.0052f, 0.0285f}, 0.008f, lean);
    s.ellipsoid(in_ear(0.002f, 0.0055f, 0.002f), {0.0115f, 0.0048f, 0.0215f}, 0.004f, lean);
    s.carve();
    s.ellipsoid(in_ear(0.0065f, 0.002f, -0.004f), {0.0060f, 0.0060f, 0.0085f}, 0.004f, lean);
    s.carve();
    s.capsule(in_ear(-0.0070f, 0.0025f, 0.012f), in_ear(-0.0045f, 0.0025f, -0.012f), 0.0022f,
              0.0026f, 0.005f);
    s.capsule(in_ear(0.0135f, 0.002f, -0.001f), in_ear(0.0115f, 0.002f, -0.009f), 0.0030f, 0.0026f,
              0.004f);
    s.ellipsoid(in_ear(0.0050f, 0.0005f, -0.0255f), {0.0062f, 0.0040f, 0.0070f}, 0.006f, lean);
}

}  // namespace render
