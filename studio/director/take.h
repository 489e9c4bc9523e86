// The director: a shot list becomes a take (one FrameSource, one AudioSource, one record).
//
// How a world take is made (docs/decisions/rehearsal.md):
//   1. stage     shot -> Scene: set, cast, first poses; outcomes are searched for by simulating
//   2. rehearse  every shot is simulated without pictures: events, tracks, camera path, sound
//   3. shoot     every shot is simulated again, the same to the bit, and drawn frame by frame
// so sound is complete before the first picture and memory does not grow with the film.
// Neither store nor media is seen from here: a film can be made in a unit test without a disk.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/source.h"
#include "render/render.h"
#include "script/shots/shot_list.h"
#include "world/record/record.h"

namespace studio {

enum class Stage { Staging, Rehearsing, Listening, Denoising, Rendering };
const char* stage_name(Stage stage);

struct Progress {
    Stage stage = Stage::Staging;
    double fraction = 0;            // of this stage, [0, 1]
    int64_t frame = 0, frames = 0;  // Rendering only
    int shot = 0, shots = 1;
    int step = 0, steps = 0;  // Denoising only
};

using PassSink = std::function<base::Status(int64_t frame, const render::Passes& passes)>;

struct TakeOptions {
    render::Quality quality = render::Quality::Standard;
    int threads = 0;             // 0 = all cores; the film is the same for any count
    std::string continue_state;  // JSON of a Take::end_state() to go on from; "" = none
    // The first picture that comes out; those before are not drawn. 0 <= first_frame <= frames of
    // the list. Sound, record and end state are of the whole list. Within a shot the renderer's
    // memory is warmed with a few pictures that nobody gets; what follows differs from a film that
    // was drawn without a break by noise only. At a shot's first frame there is no difference.
    int64_t first_frame = 0;
    // Per shot, what the search for its outcomes found in an earlier take (Take::solutions): it is
    // not searched for again. Shots beyond its end are.
    std::vector<std::vector<double>> solutions;
    // The film starts from this picture (RGB, any size): it is the first frame, and what is
    // simulated plays in it (render/plate). It stands for the set of the first shot, and of later
    // shots in the same set. Not together with continue_state.
    std::shared_ptr<const base::Image8> image;
    PassSink passes;  // called by the thread that pulls frames; empty = no passes
    std::function<void(const Progress&)> progress;
    const base::CancelToken* cancel = nullptr;  // must outlive the take
};

// Streams of one film. Pull frames and audio in any interleaving, from one thread.
class Take {
public:
    virtual ~Take() = default;
    virtual base::FrameSource& frames() = 0;
    virtual base::AudioSource& audio() = 0;
    // What the director itself had to replace or leave out (outcome not found, no room ...).
    virtual const script::Report& report() const = 0;
    // Where everything is at the end, JSON "aozora-state/1"; go on from it by continue_state.
    virtual const std::string& end_state() const = 0;
    virtual double loudness_lufs() const = 0;
    // One entry a shot (TakeOptions::solutions).
    virtual const std::vector<std::vector<double>>& solutions() const = 0;
};

// The record is complete when direct() returns. `shots` must be valid (script::validate).
base::Result<std::unique_ptr<Take>> direct(const script::ShotList& shots,
                                           const TakeOptions& options, world::RecordSink& record);

}  // namespace studio
