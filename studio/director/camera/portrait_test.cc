#include "studio/director/camera/portrait.h"

#include <gtest/gtest.h>

#include <cmath>

#include "script/writer/write.h"
#include "studio/director/camera/plan.h"
#include "studio/director/rehearsal.h"

namespace studio {
namespace {

using base::Vec3;

struct Seen {
    CameraPlan plan;
    std::vector<base::Transformf> heads;
    base::Bounds room;
    bool portrait = false;
};

// With `on`, the first shot is a close-up of that person.
Seen see(const std::string& prompt, const std::string& on = "") {
    script::WriteOptions options;
    options.seconds = 2;
    const auto written = script::write_shot_list(prompt, options);
    EXPECT_TRUE(written.ok());
    script::ShotList list = written->shots;
    if (!on.empty()) list.shots[0].camera = {.framing = script::Framing::CloseUp, .subject = on};
    const auto run = rehearse(list, 0, nullptr, nullptr, {}, 1, nullptr, {});
    EXPECT_TRUE(run.ok());
    const ShotStage& stage = run->end->stage();
    Seen seen;
    seen.room = stage.set.camera_bounds;
    seen.plan = plan_camera(list.shots[0], stage, run->interest, list.fps, 16 / 9.0, 1);
    const script::Camera& asked = list.shots[0].camera;
    const InterestTrack* subject = person_named(asked, stage, run->interest);
    if (subject == nullptr) subject = main_track(run->interest);
    if (subject != nullptr) seen.heads = subject->head;
    seen.portrait = portrait_of(asked, stage, run->interest, subject, list.fps).has_value();
    return seen;
}

// Height of the picture in metres at the head's distance.
double height_at(const render::Camera& camera, Vec3 p) {
    const double away = base::dot(p - camera.eye, base::normalize(camera.target - camera.eye));
    return away * 36 / camera.lens_mm * 9 / 16;  // a sensor 36 mm wide
}

void expect_face(const std::string& prompt, double least_m, double most_m) {
    const Seen seen = see(prompt);
    ASSERT_TRUE(seen.portrait) << prompt;
    ASSERT_GE(seen.plan.keys.size(), seen.heads.size());
    for (size_t i = 0; i < seen.heads.size(); i += 6) {
        const render::Camera& camera = seen.plan.keys[i];
        const Vec3 face = seen.heads[i].translation.cast<double>() + Vec3{0, 0, 0.1};
        const Vec3 axis = base::normalize(camera.target - camera.eye), to = face - camera.eye;
        EXPECT_LT(base::length(to - axis * base::dot(to, axis)), 0.45 * height_at(camera, face))
            << prompt << ", frame " << i << ": the face is in the picture";
        EXPECT_GT(height_at(camera, face), least_m) << prompt;
        EXPECT_LT(height_at(camera, face), most_m) << prompt;
        const Vec3 ahead = seen.heads[i].rotation.rotate({1, 0, 0}).cast<double>();
        EXPECT_LT(base::dot(axis, ahead), 0)
            << prompt << ", frame " << i << ": seen from the front";
        EXPECT_LT(base::length(clamp_into(seen.room, camera.eye) - camera.eye), 1e-6) << prompt;
    }
}

TEST(Portrait, ACloseUpOfSomebodyIsHeadAndShoulders) {
    expect_face("Close-up of a chef who waves in the kitchen.", 0.45, 0.9);
    expect_face("Close-up of an old man who says \"Good evening\".", 0.45, 0.9);
    expect_face("Extreme close-up of a young woman who looks around.", 0.15, 0.45);
    expect_face("Medium shot of a woman who dances in the living room.", 0.8, 1.4);
}

TEST(Portrait, ANamedPersonIsSeenAloneAmongOthers) {
    const std::string scene = "Anna and Ben stand in the living room. Ben says \"Hello\".";
    for (const std::string who : {"anna", "ben"}) {
        const Seen seen = see(scene, who);
        ASSERT_TRUE(seen.portrait) << who;
        ASSERT_FALSE(seen.heads.empty());
        const render::Camera& camera = seen.plan.keys.front();
        const Vec3 to = seen.heads.front().translation.cast<double>() - camera.eye;
        const Vec3 axis = base::normalize(camera.target - camera.eye);
        EXPECT_LT(base::length(to - axis * base::dot(to, axis)), 0.25) << who;
    }
    EXPECT_FALSE(see(scene, "nobody").portrait);
}

TEST(Portrait, WhoPlaysWithSomethingIsSeenWithIt) {
    EXPECT_FALSE(see("Close-up of a basketball player who shoots.").portrait);
    EXPECT_FALSE(see("A chef waves in the kitchen.").portrait);
    EXPECT_FALSE(see("Close-up of a red ball that falls onto the floor.").portrait);
}

}  // namespace
}  // namespace studio
