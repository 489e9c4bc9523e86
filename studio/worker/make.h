// A job becomes files: a film with all that belongs to it. Knows no network and no queue.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "base/core/result.h"
#include "base/json/json.h"
#include "base/signal/source.h"
#include "studio/worker/job.h"
#include "studio/worker/sandbox.h"

namespace studio {

struct WorkProgress {
    int percent = 0;    // never falls within one job
    std::string stage;  // "staging", "rehearsing", "listening", "rendering", "finishing"
    int64_t frame = 0, frames = 0;
    std::string preview_jpeg;  // now and then, at most 640 pixels wide; "" = none this time
};

// A finished piece of the film, and where to go on from.
struct Checkpoint {
    std::string part, path;  // name and file of the piece
    std::string json;        // "aozora-checkpoint/1": this piece and all before it
};

struct WorkOptions {
    int threads = 0;  // 0 = all cores; the film is the same for any count
    std::function<void(const WorkProgress&)> progress;  // from the thread that works
    const base::CancelToken* cancel = nullptr;
    // Called whenever a piece of a longer film is done. What is kept of it brings an attempt that
    // comes after this process's death back to this point; an Error is no reason to stop.
    std::function<base::Status(const Checkpoint&)> keep;
    // Between two states of a clip that a neural model denoises, at least: they are as large as a
    // few latents, and a step that takes less may as well be made again.
    double keep_steps_every_s = 15;
    // The last checkpoint of an attempt before, "" = none; its parts lie in parts/NAME.
    std::string checkpoint;
    // Inputs that are films made here: they may be opened by this process, and their pictures are
    // taken over as they are.
    std::set<std::string> made_here;
    Sandbox sandbox;  // for all other inputs
};

struct Made {
    std::map<std::string, std::string> outputs;  // name -> file below the job's folder
    base::Json result = base::Json::object();
};

// `folder` holds inputs/NAME for every input that the job names, and parts/NAME for those of
// `options.checkpoint`; outputs/ is made in it. What lies in there afterwards is the caller's to
// remove.
//
// A film that goes on from a checkpoint has the same pictures up to there, the same sound, and the
// same length. Pictures after it are the same too where the piece begins a shot; within a shot they
// differ by noise (TakeOptions::first_frame). A neural film goes on after the last step that was
// kept and is the same in every bit (neural/engine/kept_clip.h).
base::Result<Made> make_job(const FilmJob& job, const std::string& folder,
                            const WorkOptions& options);

}  // namespace studio
