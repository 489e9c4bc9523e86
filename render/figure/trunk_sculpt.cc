// Trunk, arms to the wrist, legs and feet. Girths are fractions of the height, drawn from
// proportion charts for artists and checked by eye on the contact sheets.
#include "render/figure/anatomy.h"
#include "world/figure/joints.h"

namespace render {
namespace {

using world::Side;

struct Measures {
    float h, g, f, m, c;  // height, girth, female, muscle, child
    float mix(float male, float female) const { return male + (female - male) * f; }
};

void torso(Anatomy& a, const Measures& k) {
    Sculpt& s = a.trunk;
    const float h = k.h, g = h * k.g;
    const auto& size = a.body.size;
    const auto hip = static_cast<float>(size.hip_z), shoulder = static_cast<float>(size.shoulder_z);
    const float low = hip - 0.035f * h, high = shoulder + 0.018f * h;
    const float belly = k.c * 0.006f + (k.g - 1) * 0.03f + 0.006f * static_cast<float>(size.old);
    // front = +x, side = y; t from the crotch to the base of the neck.
    s.tube({0, 0, low}, {0, 0, high}, {1, 0, 0},
           {{0.00f, -0.002f * h, 0, 0.052f * g, k.mix(0.080f, 0.086f) * g},
            {0.11f, -0.004f * h, 0, 0.061f * g, k.mix(0.088f, 0.099f) * g},
            {0.24f, -0.003f * h, 0, 0.060f * g, k.mix(0.089f, 0.093f) * g},
            {0.38f, 0.001f * h + belly * h, 0, (k.mix(0.058f, 0.051f) + belly) * g,
             k.mix(0.080f, 0.071f) * g},
            {0.52f, 0.000f * h, 0, (k.mix(0.062f, 0.055f) + 0.5f * belly) * g,
             k.mix(0.084f, 0.073f) * g},
            {0.68f, -0.004f * h, 0, k.mix(0.067f, 0.060f) * g,
             (k.mix(0.092f, 0.080f) + 0.006f * k.m) * g},
            {0.82f, -0.009f * h, 0, k.mix(0.063f, 0.056f) * g,
             (k.mix(0.096f, 0.083f) + 0.008f * k.m) * g},
            {0.93f, -0.015f * h, 0, 0.046f * g, k.mix(0.082f, 0.072f) * g},
            {1.00f, -0.018f * h, 0, 0.034f * g, k.mix(0.052f, 0.046f) * g}},
           0.02f * h);
    // Neck, leaning forward, its base broad behind (trapezius).
    const float neck =
        k.mix(0.0345f + 0.003f * k.m, 0.0290f) * h * (1 - 0.10f * k.c) * (0.5f + 0.5f * k.g);
    const Vec3f nape{-0.016f * h, 0, shoulder - 0.004f * h};
    const Vec3f skull = a.head_at + Vec3f{0.004f, 0, 0.012f} * a.head_scale;
    s.tube(nape, skull, {1, 0, 0},
           {{0, 0, 0, neck * 1.10f, neck * 1.18f},
            {0.4f, 0, 0, neck * 0.98f, neck},
            {1, 0, 0, neck * 0.98f, neck * 0.95f}},
           0.028f * h);
    for (const float y : {1.f, -1.f}) {
        const Vec3f joint{-0.020f * h, y * static_cast<float>(size.shoulder_half), shoulder};
        s.capsule({-0.024f * h, y * 0.018f * h, shoulder + (0.016f + 0.008f * k.m) * h},
                  joint + Vec3f{0, -y * 0.016f * h, 0.006f * h}, 0.017f * h,
                  (0.0185f + 0.004f * k.m) * h, 0.030f * h);
        // Collar bone, buttock, chest.
        s.capsule({0.020f * h, y * 0.012f * h, shoulder + 0.004f * h},
                  joint + Vec3f{0.020f * h, -y * 0.02f * h, 0.012f * h}, 0.0050f * h, 0.0050f * h,
                  0.014f * h);
        s.ellipsoid({-0.032f * h, y * 0.046f * h, hip - 0.020f * h},
                    Vec3f{0.048f, 0.050f, 0.054f} * (g * k.mix(0.94f, 1.02f)), 0.02f * h);
        if (k.f > 0.5f) {
            s.ellipsoid({0.036f * h, y * 0.041f * h, shoulder - 0.093f * h},
                        Vec3f{0.036f, 0.037f, 0.037f} * g, 0.024f * h);
        } else {
            s.ellipsoid(
                {0.028f * h, y * 0.044f * h, shoulder - 0.072f * h},
                Vec3f{0.030f, 0.046f, 0.036f} * (g * (0.94f + 0.14f * k.m) * (1 - 0.12f * k.c)),
                0.022f * h);
        }
        // Latissimus: the flank below the arm.
        s.capsule({-0.030f * h, y * 0.075f * h, shoulder - 0.055f * h},
                  {-0.022f * h, y * 0.060f * h, shoulder - 0.150f * h}, (0.016f + 0.008f * k.m) * g,
                  0.012f * g, 0.03f * h);
    }
}

void arm(Anatomy& a, const Measures& k, Side side) {
    Sculpt& s = a.trunk;
    const float h = k.h,
                g = h * (0.5f + 0.5f * k.g) * k.mix(1.0f, 0.86f) * (1 + 0.10f * (k.m - 0.4f));
    const auto frame = a.rest_frame(world::arm_joint(side, world::kUpperArm));
    const Vec3f shoulder = frame.translation, front = frame.rotation.rotate({1, 0, 0});
    const Vec3f elbow = a.rest(world::arm_joint(side, world::kForearm));
    const Vec3f wrist = a.rest(world::arm_joint(side, world::kHand));
    const auto y = static_cast<float>(world::side_sign(side));
    const Vec3f out = frame.rotation.rotate({0, y, 0});
    s.tube(shoulder, elbow, front,
           {{0.00f, 0, 0, 0.0295f * g, 0.0270f * g},
            {0.22f, 0, 0, 0.0315f * g, 0.0285f * g},
            {0.50f, 0.001f * h, 0, 0.0300f * g, 0.0265f * g},
            {0.80f, 0, 0, 0.0240f * g, 0.0235f * g},
            {1.00f, 0, 0, 0.0225f * g, 0.0232f * g}},
           0.020f * h);
    // Deltoid, biceps, triceps.
    s.ellipsoid(shoulder + out * (0.002f * h) + (elbow - shoulder) * 0.14f,
                Vec3f{0.0325f, 0.0275f, 0.046f} * (g * (0.93f + 0.14f * k.m)), 0.022f * h,
                frame.rotation);
    s.ellipsoid(shoulder + (elbow - shoulder) * 0.58f + front * (0.010f * g),
                Vec3f{0.021f, 0.021f, 0.055f} * (g * (0.9f + 0.2f * k.m)), 0.015f * h,
                frame.rotation);
    s.ellipsoid(shoulder + (elbow - shoulder) * 0.48f - front * (0.011f * g),
                Vec3f{0.021f, 0.022f, 0.06f} * (g * (0.9f + 0.2f * k.m)), 0.015f * h,
                frame.rotation);
    s.tube(elbow, wrist, front,
           {{0.00f, 0, 0, 0.0225f * g, 0.0228f * g},
            {0.18f, 0.002f * h, 0, 0.0262f * g, 0.0248f * g},
            {0.45f, 0.001f * h, 0, 0.0228f * g, 0.0208f * g},
            {0.78f, 0, 0, 0.0178f * g, 0.0148f * g},
            {1.00f, 0, 0, 0.0168f * g, 0.0128f * g}},
           0.012f * h);
    s.capsule(elbow - front * (0.012f * g), elbow - front * (0.008f * g) + (wrist - elbow) * 0.1f,
              0.0115f * g, 0.010f * g, 0.010f * h);
}

void leg(Anatomy& a, const Measures& k, Side side) {
    Sculpt& s = a.trunk;
    const float h = k.h, g = h * k.g * (1 + 0.06f * (k.m - 0.4f));
    const Vec3f hip = a.rest(world::leg_joint(side, world::kThigh));
    const Vec3f knee = a.rest(world::leg_joint(side, world::kShin));
    const Vec3f ankle = a.rest(world::leg_joint(side, world::kFoot));
    const auto y = static_cast<float>(world::side_sign(side));
    s.tube(hip, knee, {1, 0, 0},
           {{0.00f, -0.004f * h, 0, 0.056f * g, k.mix(0.051f, 0.054f) * g},
            {0.25f, 0.002f * h, 0, 0.052f * g, k.mix(0.048f, 0.050f) * g},
            {0.55f, 0.003f * h, 0, 0.043f * g, k.mix(0.041f, 0.041f) * g},
            {0.85f, 0.001f * h, 0, 0.0335f * g, 0.0320f * g},
            {1.00f, 0.000f * h, 0, 0.0315f * g, 0.0305f * g}},
           0.022f * h);
    s.ellipsoid(knee + Vec3f{0.0145f * h, 0, 0.004f * h}, Vec3f{0.0155f, 0.018f, 0.024f} * g,
                0.014f * h);
    s.tube(knee, ankle, {1, 0, 0},
           {{0.00f, -0.001f * h, 0, 0.0310f * g, 0.0300f * g},
            {0.12f, -0.003f * h, 0, 0.0305f * g, 0.0285f * g},
            {0.30f, -0.007f * h, y * 0.001f * h, (0.0325f + 0.002f * k.m) * g, 0.0300f * g},
            {0.55f, -0.004f * h, 0, 0.0255f * g, 0.0240f * g},
            {0.80f, 0.000f * h, 0, 0.0195f * g, 0.0175f * g},
            {1.00f, 0.001f * h, 0, 0.0205f * g, 0.0170f * g}},
           0.012f * h);
    // The bare foot: heel, instep, ball, toes.
    const auto& size = a.body.size;
    const auto ball = static_cast<float>(size.foot_ball), toe = static_cast<float>(size.foot_toe);
    const float z = ankle.z;
    const auto at = [&](float x, float out, float up) {
        return Vec3f{ankle.x + x, ankle.y + y * out * h, up};
    };
    s.ellipsoid(at(-0.016f * h, 0, 0.020f * h), Vec3f{0.022f, 0.018f, 0.020f} * h, 0.014f * h);
    s.capsule(at(0.004f * h, 0, z * 0.70f), at(ball, 0.001f, 0.016f * h), 0.0200f * h, 0.0155f * h,
              0.014f * h);
    s.capsule(at(-0.012f * h, 0.002f, 0.016f * h), at(ball * 0.9f, 0.010f, 0.0135f * h),
              0.0155f * h, 0.0130f * h, 0.014f * h);
    s.capsule(at(ball * 0.98f, -0.010f, 0.0135f * h), at(ball * 0.88f, 0.016f, 0.0125f * h),
              0.0125f * h, 0.0110f * h, 0.012f * h);
    constexpr float kToeOut[5] = {-0.0165f, -0.004f, 0.0045f, 0.0125f, 0.0195f};
    constexpr float kToeLong[5] = {1.00f, 1.0f, 0.94f, 0.86f, 0.76f};
    constexpr float kToeThick[5] = {0.0095f, 0.0068f, 0.0064f, 0.0060f, 0.0056f};
    for (int i = 0; i < 5; ++i) {
        const float r = kToeThick[i] * h;
        s.capsule(at(ball * 0.95f, kToeOut[i] * 0.85f, r * 1.1f),
                  at(toe * kToeLong[i] - r, kToeOut[i], r), r * 0.95f, r, 0.004f * h);
    }
    for (const float side_out : {1.f, -1.f})
        s.ellipsoid(at(0, side_out * 0.017f, z + 0.003f * h), Vec3f{0.010f, 0.006f, 0.010f} * h,
                    0.010f * h);
}

}  // namespace

void sculpt_trunk(Anatomy& a) {
    const auto& size = a.body.size;
    const Measures k{static_cast<float>(size.height), static_cast<float>(size.girth),
                     static_cast<float>(size.female), static_cast<float>(size.muscle),
                     static_cast<float>(size.child)};
    torso(a, k);
    for (const Side side : world::kSides) {
        arm(a, k, side);
        leg(a, k, side);
    }
}

}  // namespace render
