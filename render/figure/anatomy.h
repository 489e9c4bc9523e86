// The naked form of a person at rest, as fields: trunk and limbs, head, hands, feet.
#pragma once

#include <array>

#include "render/figure/sculpt.h"
#include "world/figure/figure.h"
#include "world/figure/motion/body.h"

namespace render {

// What makes one face differ from the next. 0 = the average; about -1 .. 1.
struct FaceShape {
    float jaw_width = 0, chin = 0, cheeks = 0, nose_length = 0, nose_width = 0, nose_tip = 0;
    float lips = 0, mouth_width = 0, brow = 0, eye_tilt = 0, eye_size = 0, face_width = 0;
};

// Places in the head's frame at the authored size (a head of 0.24 m; multiply by head_scale).
struct EyePlan {
    Vec3f centre;                        // left eye
    float ball = 0.0150f;                // radius
    float lid = 0.0170f;                 // radius of the lids' outside
    float inner = 0.86f, outer = 1.00f;  // corners from the middle, rad about the eye's vertical
    float azimuth(float s) const { return s * (s < 0 ? inner : outer); }
    float upper = 0.40f, lower = 0.33f;  // opening above and below the line of the corners, rad
    float tilt = 0.07f;                  // the outer corner stands higher, rad
};
struct MouthPlan {
    float half_width = 0.0250f;
    float z = -0.0165f;       // of the line between the lips, at the middle
    float front_x = 0.0985f;  // of the same
};

struct Anatomy {
    world::FigureBody body;
    FaceShape face;
    EyePlan eye;
    MouthPlan mouth;
    float head_scale = 1;
    Vec3f head_at;   // rest position of the head joint
    Sculpt trunk;    // body without head and hands, figure frame
    Sculpt head;     // head frame, authored size
    Sculpt hand[2];  // frame of the hand joint, metres
    bool bare_feet = false;

    static Anatomy of(const world::FigureModel& figure);

    Vec3f rest(int joint) const {
        return body.rest[static_cast<size_t>(joint)].translation.cast<float>();
    }
    base::Transformf rest_frame(int joint) const {
        const auto& t = body.rest[static_cast<size_t>(joint)];
        return {t.translation.cast<float>(), t.rotation.cast<float>()};
    }
    Vec3f to_head(Vec3f p) const { return (p - head_at) / head_scale; }
    Vec3f from_head(Vec3f p) const { return p * head_scale + head_at; }
    // Figure frame, metres. Head and trunk together; the neck belongs to both.
    float skin(Vec3f p) const;
    float body_only(Vec3f p) const;  // trunk with hands, no head: what clothes lie on
    // The line between the lips: its height and depth at this y (head frame).
    float mouth_line_z(float y) const;
};

void sculpt_trunk(Anatomy& anatomy);
void sculpt_head(Anatomy& anatomy);
void sculpt_hands(Anatomy& anatomy);

}  // namespace render
