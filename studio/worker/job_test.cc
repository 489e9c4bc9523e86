#include "studio/worker/job.h"

#include <gtest/gtest.h>

namespace studio {
namespace {

base::Json smallest() {
    return {{"schema", "aozora-job/1"}, {"task", "create"}, {"prompt", "A ball falls."}};
}

std::string where_of(base::Json change) {
    base::Json json = smallest();
    json.update(change);
    const auto job = parse_job(json);
    EXPECT_FALSE(job.ok()) << json.dump();
    if (job.ok()) return "";
    EXPECT_EQ(job.error().kind, base::ErrorKind::Usage);
    return job.error().where;
}

TEST(Job, GoesThroughJsonUnchanged) {
    FilmJob job;
    job.task = Task::Recut;
    job.prompt = "日本";
    job.storyboard = {{2.5, "one"}, {3, "two"}};
    job.quality = "final";
    job.style = "noir";
    job.width_px = 1280;
    job.height_px = 720;
    job.fps = 23.976;
    job.seconds = 4;
    job.seed = ~uint64_t{0};
    job.strength = 0.25;
    job.source = "source";
    job.start_s = 1;
    job.end_s = 2.5;
    job.characters = {{"char_1", "Momo", {{"colours", {"#ff0000"}}}}};
    job.steps = 12;
    job.negative_prompt = "blur";
    job.loras = {{"style-1", 0.5}, {"other", -1}};
    job.control = {"depth", "first-frame"};
    job.keyframes = {{0, "keyframe_0"}, {1.25, "keyframe_1", 0.5}};
    job.decoder = "diffusion";
    const base::Json json = to_json(job);
    const auto read = parse_job(json);
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(to_json(*read), json);
}

TEST(Job, AReferenceASoundAndALengthOfItsOwnGoThroughJson) {
    FilmJob job;
    job.prompt = "A ball falls.";
    job.reference = "reference";
    job.sound = "sound";
    job.control = {"first-frame"};
    job.seconds = 20;
    job.own_length = true;
    const auto read = parse_job(to_json(job));
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(read->reference, "reference");
    EXPECT_EQ(read->sound, "sound");
    EXPECT_TRUE(read->own_length);
}

TEST(Job, EveryTaskHasItsName) {
    for (const Task task : {Task::Create, Task::Remix, Task::Edit, Task::Extend, Task::Loop,
                            Task::Blend, Task::Recut, Task::Character}) {
        FilmJob job;
        job.task = task;
        job.prompt = "x";
        job.source = "source";
        job.source_b = "source_b";
        job.seconds = 4;
        const auto read = parse_job(to_json(job));
        ASSERT_TRUE(read.ok()) << task_name(task) << ": " << read.error().text();
        EXPECT_EQ(read->task, task);
    }
}

TEST(Job, ErrorsNameThePlace) {
    EXPECT_EQ(where_of({{"schema", "aozora-job/2"}}), "/schema");
    EXPECT_EQ(where_of({{"task", "paint"}}), "/task");
    EXPECT_EQ(where_of({{"prompt", 4}}), "/prompt");
    EXPECT_EQ(where_of({{"prompt", ""}}), "/prompt");
    EXPECT_EQ(where_of({{"colour", "red"}}), "/colour");
    EXPECT_EQ(where_of({{"a/b~c", 1}}), "/a~1b~0c");
    EXPECT_EQ(where_of({{"width_px", 641}, {"height_px", 360}}), "/width_px");
    EXPECT_EQ(where_of({{"width_px", 640}}), "/width_px");
    EXPECT_EQ(where_of({{"height_px", 1e9}}), "/height_px");
    EXPECT_EQ(where_of({{"fps", "24"}}), "/fps");
    EXPECT_EQ(where_of({{"seconds", -1}}), "/seconds");
    EXPECT_EQ(where_of({{"seed", -1}}), "/seed");
    EXPECT_EQ(where_of({{"seed", 1.5}}), "/seed");
    EXPECT_EQ(where_of({{"strength", 1.01}}), "/strength");
    EXPECT_EQ(where_of({{"source", "../etc/passwd"}}), "/source");
    EXPECT_EQ(where_of({{"start_s", 3}, {"end_s", 2}}), "/end_s");
    EXPECT_EQ(where_of({{"task", "extend"}, {"source", "source"}}), "/seconds");
    EXPECT_EQ(where_of({{"task", "remix"}}), "/source");
    EXPECT_EQ(where_of({{"task", "blend"}, {"source", "source"}}), "/source_b");
    EXPECT_EQ(where_of({{"storyboard", {{{"seconds", 0}, {"prompt", "x"}}}}}),
              "/storyboard/0/seconds");
    EXPECT_EQ(where_of({{"storyboard", {{{"seconds", 1}, {"prompt", " "}}}}}),
              "/storyboard/0/prompt");
    EXPECT_EQ(where_of({{"characters", {{{"name", "Momo"}, {"traits", "red"}}}}}),
              "/characters/0/traits");
    EXPECT_EQ(where_of({{"steps", 1.5}}), "/steps");
    EXPECT_EQ(where_of({{"steps", 1001}}), "/steps");
    EXPECT_EQ(where_of({{"negative_prompt", 1}}), "/negative_prompt");
    EXPECT_EQ(where_of({{"loras", {{{"name", "../x"}}}}}), "/loras/0/name");
    EXPECT_EQ(where_of({{"loras", {{{"name", "x"}, {"strength", 11}}}}}), "/loras/0/strength");
    EXPECT_EQ(where_of({{"loras", {{{"path", "x"}}}}}), "/loras/0/path");
    EXPECT_EQ(where_of({{"control", {"depth", "normal"}}}), "/control");
    EXPECT_EQ(where_of({{"control", {1}}}), "/control/0");
    EXPECT_EQ(where_of({{"keyframes", "a.png"}}), "/keyframes");
    EXPECT_EQ(where_of({{"keyframes", {{{"seconds", 1}}}}}), "/keyframes/0/image");
    EXPECT_EQ(where_of({{"keyframes", {{{"seconds", -1}, {"image", "a"}}}}}),
              "/keyframes/0/seconds");
    EXPECT_EQ(where_of({{"keyframes", {{{"seconds", 1}, {"image", "../a"}}}}}),
              "/keyframes/0/image");
    EXPECT_EQ(where_of({{"keyframes", {{{"seconds", 1}, {"path", "a"}}}}}), "/keyframes/0/path");
    EXPECT_EQ(where_of({{"keyframes", {{{"seconds", 1}, {"image", "a"}, {"strength", 0}}}}}),
              "/keyframes/0/strength");
    EXPECT_EQ(where_of({{"keyframes", base::Json(17, {{"image", "a"}})}}), "/keyframes");
    EXPECT_EQ(where_of({{"reference", "/etc/passwd"}}), "/reference");
    EXPECT_EQ(where_of({{"reference", "reference"}, {"control", {"depth"}}}), "/reference");
    EXPECT_EQ(where_of({{"sound", "../a.wav"}}), "/sound");
    EXPECT_EQ(where_of({{"decoder", "dream"}}), "/decoder");
    EXPECT_EQ(where_of({{"own_length", 1}}), "/own_length");
    EXPECT_EQ(where_of({{"own_length", true}}), "/seconds");
    EXPECT_EQ(where_of({{"own_length", true}, {"task", "remix"}, {"source", "s"}}), "/own_length");
    EXPECT_EQ(parse_job(base::Json::array()).error().where, "");
}

}  // namespace
}  // namespace studio
