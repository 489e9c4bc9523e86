// Throwing, striking, catching, pushing: wind-up, step, strike, follow-through, settle.
#include "world/figure/motion/clip_kit.h"

namespace world {
namespace {

using base::Vec3;
using std::make_unique;

constexpr Side kR = Side::Right, kL = Side::Left;

// Overarm: weight back, arm cocked, the left foot steps, hips, chest and arm follow one another.
std::unique_ptr<Clip> overarm(const ClipRequest& r, bool two_handed_swing) {
    const FigureBody& body = *r.body;
    const double h = body.size.height;
    KeyList k(body);
    if (two_handed_swing) {
        // A bat or a long club: hands together by the right shoulder, then round.
        const auto hands = [&](Controls& c, Vec3 at, Vec3 palm, Vec3 fingers) {
            reach(c.arm(kR), at, palm, fingers);
            reach(c.arm(kL), at + Vec3{0.01 * h, 0.01 * h, -0.05 * h}, palm, fingers);
            for (ArmControl& a : c.arms) {
                a.curl = 0.85;
                a.thumb = 0.7;
                a.elbow_toward = {-0.2, 0.7, -0.8};
            }
        };
        k.key(0,
              [&](Controls& c) {
                  hands(c, {0.16 * h, -0.05 * h, 0.66 * h}, {0, 1, 0}, {0.4, 0.4, 0.6});
                  c.look_weight = 1;
              })
            .key(0.45,
                 [&](Controls& c) {
                     hands(c, {0.02 * h, -0.16 * h, 0.80 * h}, {0, 0.6, -0.6}, {0.3, 0.7, 0.5});
                     c.yaw = -0.35;
                     c.spine.z = -0.55;
                     c.pelvis += Vec3{-0.03 * h, -0.03 * h, -0.03 * h};
                 })
            .key(0.66,
                 [&](Controls& c) {
                     c.foot(kL).ball += Vec3{0.16 * h, 0.02 * h, 0.03 * h};
                     c.yaw = -0.15;
                     c.pelvis.x += 0.05 * h;
                 })
            .key(0.74,
                 [&](Controls& c) {
                     c.foot(kL).ball.z = 0;
                     c.yaw = 0.15;
                 })
            .key(0.86,
                 [&](Controls& c) {
                     hands(c, {0.29 * h, 0.02 * h, 0.66 * h}, {0.1, 0.7, 0.4}, {0.3, 0.9, 0});
                     c.yaw = 0.45;
                     c.spine.z = 0.30;
                     c.pelvis.x += 0.02 * h;
                 })
            .key(1.10,
                 [&](Controls& c) {
                     hands(c, {0.08 * h, 0.19 * h, 0.82 * h}, {-0.3, 0.3, 0.4}, {-0.6, 0.6, 0.3});
                     c.yaw = 0.60;
                     c.spine.z = 0.65;
                     c.foot(kR).pitch = -0.5;
                 })
            .hold(1.3)
            .key(1.75,
                 [&](Controls& c) {
                     c.foot(kL).ball.z = 0.03 * h;
                     c.foot(kL).ball.x -= 0.1 * h;
                     for (ArmControl& a : c.arms) let_go(a);
                     c.yaw = 0.2;
                     c.spine.z = 0.1;
                     c.foot(kR).pitch = 0;
                     c.pelvis.x -= 0.04 * h;
                 })
            .back_to_stand(2.0);
        return make_unique<KeyedClip>(r, k.take(), 0.86);
    }
    k.key(0,
          [&](Controls& c) {
              c.look_weight = 1;
              ArmControl& a = c.arm(kR);
              a.raise = 0.45;
              a.plane = 1.2;
              a.elbow = 1.6;
              a.curl = 0.5;
              a.thumb = 0.4;
          })
        .key(0.40,
             [&](Controls& c) {  // weight to the back foot, arm opens
                 c.alive = 0;
                 c.pelvis += Vec3{-0.045 * h, -0.02 * h, -0.018 * h};
                 c.yaw = -0.55;
                 c.spine = {0.10, -0.06, -0.42};
                 ArmControl& a = c.arm(kR);
                 a.raise = 1.35;
                 a.plane = -0.35;
                 a.elbow = 1.35;
                 a.twist = 0.2;
                 a.wrist = -0.4;
                 ArmControl& l = c.arm(kL);
                 l.raise = 1.30;
                 l.plane = 0.95;
                 l.elbow = 0.35;
                 l.curl = 0.15;
                 FootControl& f = c.foot(kL);
                 f.ball += Vec3{0.03 * h, 0, 0.06 * h};
                 f.pitch = -0.2;
             })
        .key(0.69,
             [&](Controls& c) {  // the step lands, hips open, arm still back
                 FootControl& f = c.foot(kL);
                 f.ball += Vec3{0.20 * h, 0.0, 0};
                 f.ball.z = 0;
                 f.pitch = 0.1;
                 f.yaw = 0.05;
                 c.pelvis += Vec3{0.14 * h, 0.02 * h, -0.035 * h};
                 c.yaw = 0.10;
                 c.spine = {0.06, -0.16, -0.40};
                 ArmControl& a = c.arm(kR);
                 a.raise = 1.60;
                 a.plane = -0.40;
                 a.elbow = 1.75;
                 a.twist = -1.0;
             })
        .key(0.86,
             [&](Controls& c) {  // release, high and in front
                 c.foot(kL).pitch = 0;
                 c.pelvis += Vec3{0.035 * h, 0, 0.015 * h};
                 c.yaw = 0.50;
                 c.spine = {-0.12, 0.12, 0.32};
                 ArmControl& a = c.arm(kR);
                 a.raise = 1.85;
                 a.plane = 1.00;
                 a.elbow = 0.60;
                 a.twist = 0.3;
                 a.wrist = 0.1;
                 ArmControl& l = c.arm(kL);
                 l.raise = 0.6;
                 l.plane = 0.3;
                 l.elbow = 1.5;
                 l.twist = 0.4;
                 c.foot(kR).pitch = -0.55;
             })
        .key(0.935,
             [&](Controls& c) {
                 ArmControl& a = c.arm(kR);
                 a.raise = 1.5;
                 a.plane = 1.75;
                 a.elbow = 0.12;
                 a.twist = 0.5;
                 a.wrist = 0.55;
                 a.curl = 0.12;
                 a.spread = 0.7;
                 a.thumb = 0.1;
                 c.spine.y = 0.28;
             })
        .key(1.18,
             [&](Controls& c) {  // across the body
                 c.yaw = 0.62;
                 c.spine = {-0.05, 0.40, 0.50};
                 c.head.y = -0.3;
                 ArmControl& a = c.arm(kR);
                 a.raise = 0.75;
                 a.plane = 2.1;
                 a.elbow = 0.35;
                 a.twist = 0.5;
                 a.wrist = 0.3;
                 c.foot(kR).pitch = -0.75;
             })
        .key(1.45,
             [&](Controls& c) {
                 c.spine = {0, 0.18, 0.2};
                 c.yaw = 0.35;
                 c.head.y = -0.12;
                 const Controls s = stand_controls(body);
                 for (int i = 0; i < 2; ++i) c.arms[i] = s.arms[i];
                 c.foot(kR).ball += Vec3{0.10 * h, 0, 0.035 * h};
                 c.foot(kR).pitch = -0.3;
             })
        .key(1.90, [&](Controls& c) {
            const Vec3 ahead{0.23 * h, 0, 0};
            c = stand_controls(body);
            c.look_weight = 1;
            c.pelvis += ahead;
            for (FootControl& f : c.feet) f.ball += ahead;
        });
    auto clip = make_unique<KeyedClip>(r, k.take(), 0.86);
    clip->end_at({0.23 * h, 0, 0});
    return clip;
}

// Underarm; "bowl" takes a deep lunge and lets the ball go at the floor.
std::unique_ptr<Clip> underarm(const ClipRequest& r, bool bowl) {
    const FigureBody& body = *r.body;
    const double h = body.size.height, e = bowl ? 1.15 : 0.70, w = bowl ? 0.35 : 0.0;
    KeyList k(body);
    const double deep = bowl ? 0.165 * h : 0.03 * h, step = bowl ? 0.36 * h : 0.12 * h;
    const double lift = bowl ? 0.25 : 0.05;
    k.key(0,
          [&](Controls& c) {
              c.look_weight = 1;
              ArmControl& a = c.arm(kR);
              a.raise = 0.3;
              a.plane = 1.3;
              a.elbow = 1.5;
              a.pronate = -1.4;
              a.curl = 0.4;
              if (bowl) {
                  hold_ball(c, {0.19 * h, -0.03 * h, 0.63 * h}, 0.108, {-0.1, -0.7, -0.7},
                            {1, 0, 0.1});
                  c.arm(kL).ik = c.arm(kR).ik = 1;
              }
          })
        .key(0.38 + w,
             [&](Controls& c) {
                 c.alive = 0;
                 ArmControl& a = c.arm(kR);
                 let_go(a);
                 swing_arm(a, 0.16, bowl ? -1.05 : -0.85);
                 a.elbow = 0.10;
                 a.pronate = -1.4;
                 a.curl = 0.5;
                 a.twist = 0;
                 ArmControl& l = c.arm(kL);
                 let_go(l);
                 l.raise = 0.95;
                 l.plane = 0.25;
                 l.elbow = 0.25;
                 c.pitch = 0.18 + lift;
                 c.spine.y = 0.16;
                 c.spine.z = -0.20;
                 c.head.y = -0.3 - lift;
                 c.pelvis += Vec3{0.06 * h, 0, -0.35 * deep};
                 FootControl& f = c.foot(kL);
                 f.ball += Vec3{0.5 * step, 0, 0.05 * h};
             })
        .key(e - 0.14,
             [&](Controls& c) {
                 FootControl& f = c.foot(kL);
                 f.ball.x += 0.5 * step;
                 f.ball.z = 0;
                 c.pelvis += Vec3{0.55 * step, 0, -0.65 * deep};
                 swing_arm(c.arm(kR), 0.13, -0.45);
                 c.foot(kR).pitch = -0.6;
             })
        .key(e,
             [&](Controls& c) {
                 swing_arm(c.arm(kR), 0.10, bowl ? 0.40 : 0.70);
                 c.arm(kR).curl = 0.4;
                 c.spine.z = 0.15;
                 c.pitch = 0.20 + lift;
                 if (bowl) {
                     c.foot(kR).ball += Vec3{0.0, 0.02 * h, 0};
                     c.foot(kR).pitch = -0.85;
                     c.roll = 0.12;
                 }
             })
        .key(e + 0.12,
             [&](Controls& c) {
                 ArmControl& a = c.arm(kR);
                 swing_arm(a, 0.12, 1.35);
                 a.elbow = 0.25;
                 a.curl = 0.08;
                 a.spread = 0.7;
                 a.wrist = 0.25;
             })
        .key(e + 0.40,
             [&](Controls& c) {
                 ArmControl& a = c.arm(kR);
                 swing_arm(a, 0.10, 2.0);
                 a.elbow = 0.9;
                 c.pitch = 0.1;
                 c.head.y = -0.2;
             })
        .key(e + 0.62,
             [&](Controls& c) {
                 swing_arm(c.arm(kR), 0.2, 0.9);
                 c.pelvis.z += 0.6 * deep;
                 c.foot(kR).ball += Vec3{0.5 * step, 0, 0.04 * h};
                 c.foot(kR).pitch = -0.4;
             })
        .key(e + 1.10, [&](Controls& c) {
            const Vec3 ahead{step, 0, 0};
            c = stand_controls(body);
            c.look_weight = 1;
            c.pelvis += ahead;
            for (FootControl& f : c.feet) f.ball += ahead;
        });
    auto clip = make_unique<KeyedClip>(r, k.take(), e);
    clip->end_at({step, 0, 0});
    return clip;
}

std::unique_ptr<Clip> kick(const ClipRequest& r) {
    const FigureBody& body = *r.body;
    const double h = body.size.height;
    KeyList k(body);
    const double step = 0.26 * h;
    k.key(0,
          [](Controls& c) {
              c.look_weight = 0.6;
              c.look_at = {1.2, 0, 0.1};
          })
        .key(0.26,
             [&](Controls& c) {
                 c.alive = 0;
                 FootControl& f = c.foot(kL);
                 f.ball += Vec3{0.6 * step, 0.02 * h, 0.06 * h};
                 c.pelvis.x += 0.35 * step;
                 c.pelvis.z -= 0.01 * h;
             })
        .key(0.46,
             [&](Controls& c) {  // the standing foot is down, the leg far back
                 FootControl& f = c.foot(kL);
                 f.ball.x += 0.4 * step;
                 f.ball.z = 0;
                 c.pelvis += Vec3{0.45 * step, 0.03 * h, -0.025 * h};
                 c.yaw = -0.40;
                 c.spine = {0.05, -0.05, 0.45};
                 c.pitch = 0.08;
                 ArmControl& l = c.arm(kL);
                 l.raise = 1.35;
                 l.plane = 0.1;
                 l.elbow = 0.3;
                 ArmControl& a = c.arm(kR);
                 swing_arm(a, 0.35, -0.5);
                 FootControl& g = c.foot(kR);
                 g.free = 1;
                 g.swing = -0.55;
                 g.raise = 0.15;
                 g.knee = 1.35;
                 g.point = 0.5;
                 g.ball += Vec3{0, 0, 0.25 * h};
             })
        .key(0.66,
             [&](Controls& c) {
                 FootControl& g = c.foot(kR);
                 g.swing = 0.20;
                 g.knee = 1.30;
                 c.yaw = 0.0;
                 c.pelvis.x += 0.15 * step;
             })
        .key(0.78,
             [&](Controls& c) {  // the instep meets the ball
                 FootControl& g = c.foot(kR);
                 g.swing = 0.52;
                 g.knee = 0.22;
                 g.point = 0.75;
                 c.yaw = 0.30;
                 c.spine = {0, 0.10, -0.25};
                 c.arm(kL).raise = 1.0;
                 c.arm(kL).plane = 1.1;
                 swing_arm(c.arm(kR), 0.4, -0.8);
             })
        .key(0.98,
             [&](Controls& c) {
                 FootControl& g = c.foot(kR);
                 g.swing = 1.20;
                 g.knee = 0.15;
                 c.pitch = -0.16;
                 c.yaw = 0.45;
                 c.spine = {0, 0.22, -0.4};
                 c.foot(kL).pitch = -0.25;
                 c.look_at = {6, 0, 1.2};
             })
        .key(1.30,
             [&](Controls& c) {
                 FootControl& g = c.foot(kR);
                 g.free = 0;
                 g.swing = 0;
                 g.knee = 0;
                 g.raise = 0;
                 g.point = 0;
                 g.ball = {step + 0.25 * h, -body.foot_y() * 1.1, 0.05 * h};
                 g.pitch = -0.1;
                 c.foot(kL).pitch = 0;
                 c.pitch = 0.04;
                 c.yaw = 0.1;
                 c.pelvis.x += 0.05 * h;
                 c.spine = {0, 0.05, -0.1};
             })
        .key(1.70, [&](Controls& c) {
            const Vec3 ahead{step, 0, 0};
            const Vec3 look = c.look_at;
            c = stand_controls(body);
            c.look_at = look;
            c.look_weight = 0.8;
            c.pelvis += ahead;
            for (FootControl& f : c.feet) f.ball += ahead;
        });
    auto clip = make_unique<KeyedClip>(r, k.take(), 0.78);
    clip->end_at({step, 0, 0});
    return clip;
}

std::unique_ptr<Clip> catch_ball(const ClipRequest& r) {
    const FigureBody& body = *r.body;
    const double h = body.size.height;
    KeyList k(body);
    k.key(0, [](Controls& c) { c.look_weight = 1; })
        .key(0.45,
             [&](Controls& c) {
                 c.alive = 0.3;
                 hold_ball(c, {0.26 * h, 0, 0.76 * h}, 0.17, {0, -1, -0.1}, {0.6, 0, 0.8});
                 c.pelvis.z -= 0.025 * h;
                 c.spine.y = 0.10;
             })
        .key(0.75,
             [&](Controls& c) {
                 hold_ball(c, {0.31 * h, 0, 0.76 * h}, 0.12, {0, -1, -0.1}, {0.6, 0, 0.8});
             })
        .key(0.92,
             [&](Controls& c) {
                 hold_ball(c, {0.20 * h, 0, 0.69 * h}, 0.12, {0, -1, -0.15}, {0.8, 0, 0.5});
                 c.pelvis.z -= 0.02 * h;
                 c.spine.y = 0.20;
                 c.pelvis.x -= 0.02 * h;
             })
        .key(1.7, [&](Controls& c) {
            hold_ball(c, {0.19 * h, 0, 0.64 * h}, 0.12, {0, -1, -0.15}, {0.8, 0, 0.4});
            c.pelvis.z += 0.04 * h;
            c.spine.y = 0.06;
            c.smile = 0.4;
            c.alive = 1;
        });
    auto clip = make_unique<KeyedClip>(r, k.take(), 0.75);
    clip->stay();
    return clip;
}

// Palms on a wall of air at arm's length, the body leans into it; pulling leans away.
std::unique_ptr<Clip> push_pull(const ClipRequest& r, bool pull) {
    const FigureBody& body = *r.body;
    const double h = body.size.height, z = pull ? 0.60 * h : 0.74 * h;
    KeyList k(body);
    const auto hands = [&](Controls& c, double x) {
        for (const Side side : kSides) {
            const double s = side_sign(side);
            const Vec3 at{x, s * 0.10 * h, z};
            if (pull) reach(c.arm(side), at, {0, -s * 0.5, -1}, {1, 0, -0.2});
            else reach(c.arm(side), at, {1, 0, -0.05}, {0.15, 0, 1});
            c.arm(side).curl = pull ? 0.8 : 0.05;
            c.arm(side).elbow_toward = {-0.3, 0.6, -1};
        }
    };
    const double e = pull ? 0.90 : 0.85;
    k.key(0,
          [](Controls& c) {
              c.look_weight = 0.5;
              c.alive = 0.3;
          })
        .key(0.30,
             [&](Controls& c) {
                 c.foot(kR).ball += Vec3{-0.06 * h, 0, 0.03 * h};
                 hands(c, 0.20 * h);
                 c.pelvis.x -= 0.02 * h;
             })
        .key(0.50,
             [&](Controls& c) {
                 c.foot(kR).ball += Vec3{-0.10 * h, 0, 0};
                 c.foot(kR).ball.z = 0;
                 hands(c, 0.26 * h);
                 c.pelvis.z -= 0.04 * h;
                 c.spine.y = pull ? -0.1 : 0.1;
             })
        .key(e,
             [&](Controls& c) {
                 if (pull) {
                     hands(c, 0.24 * h);
                     c.pitch = -0.22;
                     c.pelvis += Vec3{-0.09 * h, 0, -0.04 * h};
                     c.head.y = 0.1;
                 } else {
                     hands(c, 0.33 * h);
                     c.pitch = 0.26;
                     c.spine.y = 0.16;
                     c.pelvis += Vec3{0.04 * h, 0, -0.03 * h};
                     c.head.y = -0.25;
                     c.foot(kR).pitch = -0.4;
                 }
                 c.brow = -0.4;
             })
        .key(e + 0.55,
             [&](Controls& c) {
                 if (pull) {
                     hands(c, 0.13 * h);
                     c.pelvis.x -= 0.03 * h;
                 } else {
                     hands(c, 0.44 * h);
                     c.pelvis.x += 0.07 * h;
                     c.foot(kR).pitch = -0.6;
                 }
             })
        .key(e + 0.95,
             [&](Controls& c) {
                 for (ArmControl& a : c.arms) let_go(a);
                 c.foot(kR).ball += Vec3{0.10 * h, 0, 0.03 * h};
                 c.foot(kR).pitch = 0;
                 c.pitch = 0.02;
                 c.pelvis = {0, 0, body.stand_pelvis_z() - 0.01 * h};
                 c.brow = 0;
             })
        .back_to_stand(e + 1.35);
    return make_unique<KeyedClip>(r, k.take(), e);
}

// A hammer: raised past the ear, brought down in front.
std::unique_ptr<Clip> hit(const ClipRequest& r) {
    const FigureBody& body = *r.body;
    const double h = body.size.height;
    Vec3 target = r.task.aim ? r.home.in(*r.task.aim) : Vec3{0.34 * h, -0.06 * h, 0.52 * h};
    target.x = std::clamp(target.x, 0.22 * h, 0.40 * h);
    target.y = std::clamp(target.y, -0.25 * h, 0.10 * h);
    target.z = std::clamp(target.z, 0.42 * h, 0.80 * h);
    KeyList k(body);
    const auto grip = [&](Controls& c, Vec3 at, Vec3 fingers) {
        ArmControl& a = c.arm(kR);
        reach(a, at, {0, 1, 0}, fingers);
        a.curl = 0.9;
        a.thumb = 0.8;
        a.elbow_toward = {-0.6, 0.6, -0.6};
    };
    k.key(0,
          [&](Controls& c) {
              c.look_weight = 0.9;
              c.look_at = target;
              grip(c, {0.22 * h, -0.11 * h, 0.58 * h}, {1, 0, 0.3});
          })
        .key(0.50,
             [&](Controls& c) {
                 grip(c, {0.04 * h, -0.15 * h, 0.93 * h}, {0.1, 0, 1});
                 c.spine = {0.05, -0.12, -0.25};
                 c.pelvis.z -= 0.005 * h;
             })
        .key(0.62,
             [&](Controls& c) {
                 grip(c, {0.06 * h, -0.15 * h, 0.94 * h}, {0.0, 0, 1});
             })
        .key(0.80,
             [&](Controls& c) {
                 grip(c, target, {1, 0, -0.25});
                 c.spine = {-0.03, 0.26, 0.18};
                 c.pitch = 0.12;
                 c.head.y = 0.05;
                 c.pelvis.z -= 0.02 * h;
             })
        .key(0.95,
             [&](Controls& c) {
                 grip(c, target + Vec3{-0.01, 0, 0.05 * h}, {1, 0, 0.0});
             })
        .key(1.25,
             [&](Controls& c) {
                 grip(c, {0.22 * h, -0.11 * h, 0.58 * h}, {1, 0, 0.3});
                 c.spine = {0, 0.05, 0};
                 c.pitch = 0;
             })
        .back_to_stand(1.8);
    return make_unique<KeyedClip>(r, k.take(), 0.80);
}

// Billiards: bent over the cue, two practice strokes, the shot, stay down.
std::unique_ptr<Clip> cue(const ClipRequest& r) {
    const FigureBody& body = *r.body;
    const double h = body.size.height, z = 0.52 * h;
    KeyList k(body);
    const auto stroke = [&](Controls& c, double back) {
        reach(c.arm(kR), {-0.14 * h - back, -0.12 * h, z + 0.02 * h}, {0, 1, 0.2}, {0.3, 0, -1});
        c.arm(kR).curl = 0.7;
        c.arm(kR).elbow_toward = {-1, 0.3, 1.2};
    };
    k.key(0,
          [](Controls& c) {
              c.look_weight = 0.7;
              c.look_at = {2, 0, 0.85};
          })
        .key(0.5,
             [&](Controls& c) {
                 c.alive = 0.1;
                 c.pitch = 0.95;
                 c.spine.y = 0.38;
                 c.head.y = -1.05;
                 c.pelvis += Vec3{-0.16 * h, -0.02 * h, -0.045 * h};
                 c.spine.z = 0.2;
                 c.yaw = -0.35;
                 c.foot(kL).ball += Vec3{0.10 * h, 0, 0};
                 c.foot(kR).ball += Vec3{-0.14 * h, -0.04 * h, 0};
                 c.foot(kR).yaw = -0.6;
                 reach(c.arm(kL), {0.42 * h, 0.0, z - 0.035 * h}, {0, -0.2, -1}, {1, -0.2, 0});
                 c.arm(kL).curl = 0.15;
                 c.arm(kL).spread = 0.8;
                 stroke(c, 0.0);
             })
        .key(0.72, [&](Controls& c) { stroke(c, 0.06 * h); })
        .key(0.90, [&](Controls& c) { stroke(c, -0.01 * h); })
        .key(1.12, [&](Controls& c) { stroke(c, 0.085 * h); })
        .key(1.20, [&](Controls& c) { stroke(c, -0.01 * h); })
        .key(1.28, [&](Controls& c) { stroke(c, -0.10 * h); })
        .hold(1.75)
        .back_to_stand(2.3);
    return make_unique<KeyedClip>(r, k.take(), 1.20);
}

}  // namespace

std::unique_ptr<Clip> make_sport(const ClipRequest& r) {
    const std::string& clip = r.task.clip;
    if (clip == "throw") return overarm(r, false);
    if (clip == "swing") return overarm(r, true);
    if (clip == "toss") return underarm(r, false);
    if (clip == "bowl") return underarm(r, true);
    if (clip == "kick") return kick(r);
    if (clip == "catch") return catch_ball(r);
    if (clip == "push" || clip == "pull") return push_pull(r, clip == "pull");
    if (clip == "hit") return hit(r);
    if (clip == "cue") return cue(r);
    return nullptr;
}

}  // namespace world
