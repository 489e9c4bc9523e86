// Our hints to the director: notes of the form `[[key: value]]`. Other notes are left alone.
//
//   [[camera: close-up, dolly in, handheld, on the ball]]   framing, move and what to look at
//   [[lens: 50mm]]  [[f: 2.8]]          [[seconds: 4]]        [[slow motion: 0.25]]
//   [[set: gym]]  [[floor: ice]]  [[wall: brick]]  [[weather: rain]]  [[time: sunset]]
//   [[gravity: moon]]  [[sound: crowd, wind]]  [[style: noir]]  [[continues]]  [[new world]]
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "script/shots/shot_list.h"

namespace script {

// What the notes of one shot ask for; unset = not said.
struct ShotHints {
    std::optional<double> seconds, time_scale, lens_mm, f_number;
    std::optional<Framing> framing;
    std::optional<CameraMove> move;
    bool handheld = false;
    std::string camera_subject;  // as written: "the ball"
    std::optional<std::string> set, floor, wall, gravity;
    std::optional<TimeOfDay> time;
    std::optional<Weather> weather;
    std::optional<Style> style;
    std::optional<bool> continues;
    std::vector<std::string> sound;
};

enum class HintKind { None, Camera, Other };  // None: no hint of ours

// Reads one note into `hints`. `problem` gets a sentence when the note is a hint that cannot be
// followed in part or at all ("unknown camera word "sideways"; did you mean ...").
HintKind read_hint(std::string_view note, ShotHints& hints, std::string& problem);

// The notes (without brackets) that say what is special about this shot, usual things left out.
std::vector<std::string> hints_of(const Shot& shot);

// "4", "4 s", "50mm", "f/2.8", "1/4", "2.5 seconds".
std::optional<double> leading_number(std::string_view text);

}  // namespace script
