#!/usr/bin/env bash
# The command line as a stranger uses it: good input, bad input, silly input.
# tests/cli/run.sh BUILD; exit 0 passed, 77 skipped.
set -u
aozora=$1/aozora
dir=$(mktemp -d)
export OMP_WAIT_POLICY=passive  # other programs run beside the tests
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0
small="--size 64x36 --seconds 0.5 --quality draft --no-progress"

expect() {   # code, name, text wanted in the output ("" any), command...
    local code=$1 name=$2 text=$3
    shift 3
    timeout 120 "$@" >out.txt 2>&1
    local got=$?
    if [ "$got" -ne "$code" ]; then echo "FAIL $name: exit $got, wanted $code"; head -5 out.txt; bad=1; return; fi
    if [ -n "$text" ] && ! grep -qF -- "$text" out.txt; then echo "FAIL $name: no \"$text\" in:"; head -5 out.txt; bad=1; fi
}
no_files() { if [ -n "$(ls -A -I out.txt 2>/dev/null)" ]; then echo "FAIL $1 left: $(ls -A -I out.txt)"; bad=1; rm -rf ./*; fi; }

expect 0 "help" "make" "$aozora" --help
for command in make write remix extend doctor bench; do expect 0 "help $command" "" "$aozora" $command --help; done
expect 0 "doctor of a server" "ready to make films and to serve them" "$aozora" doctor --data none --listen 127.0.0.1:0
no_files "doctor"
expect 1 "doctor: data nowhere" "LACKS  data" "$aozora" doctor --data /proc/none --listen 127.0.0.1:0
expect 1 "doctor: no such database" "LACKS  database" "$aozora" doctor --data none --database postgres://nobody@127.0.0.1:1/none --listen 127.0.0.1:0
echo 'workers = 3' >broken.toml
expect 1 "doctor: broken configuration" "broken.toml:1" "$aozora" doctor --config broken.toml
rm -f broken.toml
expect 2 "a backup of nothing" "no finished backup" "$aozora" restore . --data none
rm -rf none
expect 0 "version" "aozora" "$aozora" --version
expect 0 "licences" "Apache-2.0" "$aozora" --licences
expect 2 "no command" "" "$aozora"
expect 2 "unknown command" "aozora:" "$aozora" fly
expect 2 "unknown option" "aozora:" "$aozora" make "a ball falls" --colour red
expect 2 "empty prompt" "aozora:" "$aozora" make "" -o x.mp4
expect 2 "blank prompt" "aozora:" "$aozora" make "   " -o x.mp4
expect 2 "invalid UTF-8" "aozora:" "$aozora" make "$(printf 'a ball \xff\xfe falls')" -o x.mp4
for size in 1x1 0x0 8000x8000 7680x4320 banana 64x36x2 -64x36; do expect 2 "size $size" "aozora:" "$aozora" make "a ball falls" --size=$size -o x.mp4; done
expect 2 "odd size" "640x360" "$aozora" make "a ball falls" --size 641x361 -o x.mp4
for seconds in 0 -1 10000 nan; do expect 2 "seconds $seconds" "aozora:" "$aozora" make "a ball falls" --seconds=$seconds -o x.mp4; done
expect 2 "fps" "aozora:" "$aozora" make "a ball falls" --fps 0 -o x.mp4
expect 2 "style" "realistic" "$aozora" make "a ball falls" --style baroque -o x.mp4
expect 2 "quality" "draft" "$aozora" make "a ball falls" --quality superb -o x.mp4
expect 1 "neural: no such model" "tiny-ltx" "$aozora" make "a ball falls" --engine neural:ltx -o x.mp4
expect 2 "neural: which model" "neural:MODEL" "$aozora" make "a ball falls" --engine neural -o x.mp4
expect 2 "neural: a record" "world engine" "$aozora" make "a ball falls" --engine neural:tiny-wan --record r.json -o x.mp4
expect 2 "neural: memory" "8G" "$aozora" make "a ball falls" --engine neural:tiny-wan --memory lots -o x.mp4
expect 2 "neural: steps" "1000" "$aozora" make "a ball falls" --engine neural:tiny-wan --steps 5000 -o x.mp4
expect 1 "neural: too little memory" "out of memory" "$aozora" make "a ball falls" --engine neural:tiny-ltx --memory 64M --size 1920x1080 --seconds 0.3 --steps 1 -o x.mp4
for given in "--steps 3" "--negative blur" "--memory 8G" "--lora x.safetensors" "--keyframe x.png@1" "--reference x.mp4" "--sound x.wav" "--control depth" "--decoder conv" "--seconds auto"; do
    # shellcheck disable=SC2086  # an option and its value
    expect 2 "world: $given" "neural engine" "$aozora" make "a ball falls" $given -o x.mp4
done
tiny="--engine neural:tiny-ltx --size 64x32 --seconds 0.25 --steps 1 --json --no-progress"
expect 2 "lora: no file" "--lora none" "$aozora" make "a ball falls" $tiny --lora none -o x.mp4
expect 2 "lora: strength" "no strength" "$aozora" make "a ball falls" $tiny --lora none:strong -o x.mp4
expect 2 "lora: strength nan" "no strength" "$aozora" make "a ball falls" $tiny --lora none:nan -o x.mp4
expect 2 "keyframe: form" "FILE@SECONDS" "$aozora" make "a ball falls" $tiny --keyframe x.png -o x.mp4
expect 2 "keyframe: time" "FILE@SECONDS" "$aozora" make "a ball falls" $tiny --keyframe x.png@-1 -o x.mp4
expect 2 "keyframe: strength" "above 0, at most 1" "$aozora" make "a ball falls" $tiny --keyframe x.png@0:1.5 -o x.mp4
expect 2 "keyframe: no file" "no such file" "$aozora" make "a ball falls" $tiny --keyframe x.png@0.1 -o x.mp4
expect 2 "reference: no file" "no such file" "$aozora" make "a ball falls" $tiny --reference x.mp4 -o x.mp4
expect 2 "sound: no file" "no such file" "$aozora" make "a ball falls" $tiny --sound x.wav -o x.mp4
expect 2 "decoder: name" "diffusion" "$aozora" make "a ball falls" $tiny --decoder best -o x.mp4
expect 2 "decoder: wan" "(--decoder diffusion)" "$aozora" make "a ball falls" --engine neural:tiny-wan --size 64x32 --decoder diffusion -o x.mp4
expect 2 "seconds auto: wan" "(--seconds auto)" "$aozora" make "a ball falls" --engine neural:tiny-wan --size 64x32 --seconds auto -o x.mp4
expect 2 "seconds auto: remix" "keeps its lengths" "$aozora" remix x.mp4 "blue" --seconds auto -o y.mp4
expect 2 "seconds: words" "--seconds" "$aozora" make "a ball falls" --seconds long -o x.mp4
expect 2 "control: name" "first-frame" "$aozora" make "a ball falls" $tiny --control pose -o x.mp4
expect 2 "control: two" "one of depth" "$aozora" make "a ball falls" $tiny --control depth,normal -o x.mp4
expect 2 "control: wan" "(--control)" "$aozora" make "a ball falls" --engine neural:tiny-wan --size 64x32 --seconds 0.25 --control depth -o x.mp4
no_files "neural"
# A LoRA by hand: header, then two factors of rank 1 for a matrix of 64x64; every value is 0.5.
lora() {  # file, module
    local header values
    header='{"'$2'.lora_A.weight":{"dtype":"F32","shape":[1,64],"data_offsets":[0,256]},"'$2'.lora_B.weight":{"dtype":"F32","shape":[64,1],"data_offsets":[256,512]}}'
    values=$(printf '\\x00\\x00\\x00\\x3f%.0s' $(seq 128))
    # shellcheck disable=SC2059  # the bytes are in the format
    printf "\\x$(printf %02x ${#header})\\0\\0\\0\\0\\0\\0\\0" >"$1" && printf %s "$header" >>"$1" && printf "$values" >>"$1"
}
hash_of() { grep -o '"frame_hash":"[0-9a-f]*"' out.txt; }
lora fits.safetensors transformer_blocks.0.attn1.to_q
lora strange.safetensors transformer_blocks.9.attn1.to_q
export AOZORA_MODELS="$dir-models"
mkdir -p "$dir-models/loras" && cp fits.safetensors "$dir-models/loras/by-name.safetensors"
expect 0 "tiny: plain" "frame_hash" "$aozora" make "a ball falls" $tiny -o plain.mp4
plain=$(hash_of)
expect 0 "tiny: lora" "frame_hash" "$aozora" make "a ball falls" $tiny --lora fits.safetensors:0.5 -o lora.mp4
bent=$(hash_of)
expect 0 "tiny: lora by name" "$bent" "$aozora" make "a ball falls" $tiny --lora by-name:0.5 -o name.mp4
expect 0 "tiny: lora of no strength" "$plain" "$aozora" make "a ball falls" $tiny --lora fits.safetensors:0 -o none.mp4
[ "$plain" != "$bent" ] || { echo "FAIL a LoRA that changes nothing"; bad=1; }
expect 2 "lora: of another model" "transformer_blocks.9.attn1.to_q.lora_A.weight" "$aozora" make "a ball falls" $tiny --lora strange.safetensors -o x.mp4
expect 2 "lora: of one transformer" "one transformer" "$aozora" make "a ball falls" $tiny --lora by-name:high -o x.mp4
expect 2 "lora: no such name" "installed are by-name" "$aozora" make "a ball falls" $tiny --lora other -o x.mp4
expect 0 "models: loras" "by-name" "$aozora" models
expect 0 "a world film with passes" "" "$aozora" make "a ball falls" --size 64x32 --seconds 0.25 --quality draft --no-progress --passes p -o world.mp4
expect 0 "tiny: own length" "the model's own length" "$aozora" make "a ball falls" --engine neural:tiny-ltx --size 32x32 --fps 6 --seconds auto --steps 1 --json --no-progress -o own.mp4
expect 0 "tiny: diffusion decoder" "frame_hash" "$aozora" make "a ball falls" $tiny --decoder diffusion -o denoised.mp4
[ "$plain" != "$(hash_of)" ] || { echo "FAIL a decoder that changes nothing"; bad=1; }
expect 0 "tiny: control" "frame_hash" "$aozora" make "a ball falls" $tiny --control depth,first-frame -o control.mp4
[ "$plain" != "$(hash_of)" ] || { echo "FAIL a control that changes nothing"; bad=1; }
expect 0 "tiny: reference" "frame_hash" "$aozora" make "a ball falls" $tiny --reference world.mp4 -o reference.mp4
[ "$plain" != "$(hash_of)" ] || { echo "FAIL a reference that changes nothing"; bad=1; }
expect 0 "tiny: sound" "frame_hash" "$aozora" make "a ball falls" $tiny --sound world.mp4 -o sound.mp4
[ "$plain" != "$(hash_of)" ] || { echo "FAIL a sound that changes nothing"; bad=1; }
for kind in wav mp3 flac ogg m4a aiff; do
    ffmpeg -nostdin -v error -y -f lavfi -i sine=frequency=440:duration=1 "tone.$kind"
    expect 0 "tiny: sound of $kind" "frame_hash" "$aozora" make "a ball falls" $tiny --sound "tone.$kind" --force -o sound.mp4
done
expect 2 "sound: text" "--sound" "$aozora" make "a ball falls" $tiny --sound fits.safetensors -o x.mp4
expect 2 "sound: wan" "silent" "$aozora" make "a ball falls" --engine neural:tiny-wan --size 64x32 --seconds 0.25 --sound world.mp4 -o x.mp4
expect 0 "tiny: keyframe" "frame_hash" "$aozora" make "a ball falls" $tiny --keyframe p/ids.00000.png@0.125 -o key.mp4
[ "$plain" != "$(hash_of)" ] || { echo "FAIL a keyframe that changes nothing"; bad=1; }
keyed=$(hash_of)
expect 0 "tiny: faint keyframe" "frame_hash" "$aozora" make "a ball falls" $tiny --keyframe p/ids.00000.png@0.125:0.2 -o faint.mp4
[ "$keyed" != "$(hash_of)" ] || { echo "FAIL a keyframe's strength changes nothing"; bad=1; }
expect 2 "keyframe after the end" "last picture is at" "$aozora" make "a ball falls" $tiny --keyframe p/ids.00000.png@2 -o x.mp4
expect 2 "keyframe: no picture" "--keyframe" "$aozora" make "a ball falls" $tiny --keyframe world.mp4@0.1 -o x.mp4
expect 2 "keyframe: wan" "no keyframes" "$aozora" make "a ball falls" --engine neural:tiny-wan --size 64x32 --seconds 0.25 --keyframe p/ids.00000.png@0.1 -o x.mp4
expect 2 "reference: text" "neither a picture" "$aozora" make "a ball falls" $tiny --reference fits.safetensors -o x.mp4
expect 2 "reference and control" "one thing at a time" "$aozora" make "a ball falls" $tiny --reference world.mp4 --control depth -o x.mp4
[ ! -e x.mp4 ] || { echo "FAIL a refused film was made"; bad=1; }
rm -rf ./* "$dir-models"
unset AOZORA_MODELS
for model in tiny-ltx tiny-wan; do
    expect 0 "$model" "$model.mp4" "$aozora" make "A bell rings" --engine neural:$model --size 96x64 --seconds 0.5 --steps 2 -o $model.mp4
    command -v ffprobe >/dev/null && expect 0 "$model: probed" "h264,96,64,12" ffprobe -v error -count_frames -select_streams v -show_entries stream=codec_name,width,height,nb_read_frames -of csv=p=0 $model.mp4
    rm -f $model.mp4
done
expect 2 "remote" "AOZORA_REMOTE_X_URL" "$aozora" make "a ball falls" --engine remote:x -o x.mp4
expect 1 "image" "cannot read" "$aozora" make "a ball falls" --image x.png -o x.mp4
expect 2 "character without a file" "NAME=FILE" "$aozora" make "a ball falls" --character Ann -o x.mp4
expect 2 "character not in the prompt" "must stand in the prompt" "$aozora" make "a ball falls" --character Ann=x.mp4 -o x.mp4
expect 2 "character of no file" "none.mp4" "$aozora" make "Ann walks" --character Ann=none.mp4 -o x.mp4
echo "I am text" >text.mp4
expect 2 "character of a text" "text.mp4" "$aozora" make "Ann walks" --character Ann=text.mp4 -o x.mp4
rm -f text.mp4
export AOZORA_MODELS="$dir-models"
expect 0 "models" "wan2.1-1.3b" "$aozora" models
expect 2 "pull nothing" "aozora:" "$aozora" pull
expect 2 "pull unknown" "models are ltx-2.0" "$aozora" pull no-such-model
expect 1 "pull built in" "made from a seed" "$aozora" pull tiny-ltx
expect 1 "pull not offered" "is not offered" "$aozora" pull minimax-h3
expect 2 "pull without accepting" "--accept-licence" "$aozora" pull ltx-2.5 </dev/null
expect 1 "pull nowhere" "no answer" env HF_ENDPOINT=http://127.0.0.1:1 "$aozora" pull wan2.1-1.3b
expect 1 "pull a folder without weights" "holds no weights" "$aozora" pull "$dir"
expect 2 "quantize type" "q4_K" "$aozora" quantize x y --type q9
expect 1 "quantize nothing" "cannot be opened" "$aozora" quantize x y
rm -rf "$dir-models"
expect 2 "worker without a server" "--server" "$aozora" worker
expect 2 "worker without a token" "AOZORA_TOKEN" env -u AOZORA_TOKEN "$aozora" worker --server http://127.0.0.1:1
expect 2 "worker with a bad address" "unix:/path" "$aozora" worker --server ftp://x --token t
expect 1 "worker without its server" "no answer" "$aozora" worker --server http://127.0.0.1:1 --token t --once
expect 1 "no folder" "aozora:" "$aozora" make "a ball falls" $small -o nowhere/x.mp4
expect 1 "missing screenplay" "aozora:" "$aozora" make missing.fountain -o x.mp4
no_files "bad input"

echo '{"schema": "aozora-shots/1", "shots": [{"seconds": "four"}]}' >bad.shots.json
expect 2 "bad shot list" "bad.shots.json:1" "$aozora" make bad.shots.json -o x.mp4
echo '{"schema": ' >cut.shots.json
expect 2 "broken JSON" "cut.shots.json:" "$aozora" make cut.shots.json -o x.mp4
echo "hello, I am a text" >text.mp4
expect 1 "text as film" "aozora:" "$aozora" write text.mp4
expect 1 "remix of a text" "aozora:" "$aozora" remix text.mp4 "make it blue" -o x.mp4
rm -f ./*

expect 0 "a film" "ball.mp4" "$aozora" make "A red ball falls." $small -o ball.mp4 --record r.json --shots s.shots.json --state e.json
expect 0 "a character" "Momo" "$aozora" make "Momo rolls across the floor." --character Momo=ball.mp4 $small -o momo.mp4
expect 2 "a character in a remix" "keeps its cast" "$aozora" remix ball.mp4 "make it blue" --character Momo=ball.mp4 -o x.mp4
for file in ball.mp4 r.json s.shots.json e.json momo.mp4; do [ -s $file ] || { echo "FAIL no $file"; bad=1; }; done
grep -q '"aozora-record/1"' r.json || { echo "FAIL record schema"; bad=1; }
expect 1 "never overwrites" "exists" "$aozora" make "A red ball falls." $small -o ball.mp4
expect 0 "from its shot list" "" "$aozora" make s.shots.json $small -o again.mp4
expect 0 "write from film" "" "$aozora" write ball.mp4 -o x.fountain
expect 0 "film from screenplay" "" "$aozora" make x.fountain $small -o fountain.mp4
expect 0 "remix" "" "$aozora" remix ball.mp4 "make the ball blue" --quality draft --no-progress -o blue.mp4
expect 0 "extend" "" "$aozora" extend ball.mp4 "the ball comes to rest" --seconds 0.5 --quality draft --no-progress -o longer.mp4
expect 0 "continue" "" "$aozora" make "The ball rolls." $small --continue e.json -o next.mp4
expect 0 "passes" "" "$aozora" make "A red ball falls." --size 64x36 --seconds 0.1 --quality draft --no-progress --passes p -o p.mp4
[ -s p/depth.00000.exr ] && [ -s p/ids.00000.png ] || { echo "FAIL no passes"; bad=1; }
expect 0 "json lines" "frame_hash" "$aozora" make "A red ball falls." $small --json -o json.mp4
tail -1 out.txt | grep -q '"sample_hash"' || { echo "FAIL last JSON line"; bad=1; }
expect 0 "default name" "a-red-ball-falls.mp4" "$aozora" make "A red ball falls." $small
expect 0 "default name again" "a-red-ball-falls-2.mp4" "$aozora" make "A red ball falls." $small
for prompt in "🏀🏀🏀" "日本語の映画" "a ball that is not there" "qwrtz blorf snizzle" "!!!" "'; DROP TABLE films; --"; do
    expect 0 "odd prompt $prompt" "" "$aozora" make "$prompt" $small -o odd.mp4 --force
done
long=$(printf 'a red ball falls and %.0s' $(seq 1600))
expect 0 "32,000 characters" "" "$aozora" write "$long" -o long.fountain
rm -rf ./*

# A full disk: the file may not grow beyond 20 kB.
(ulimit -f 20; expect 1 "full disk" "aozora:" "$aozora" make "A red ball falls." --size 320x180 --seconds 2 --quality draft --no-progress -o full.mp4; exit $bad) || bad=1
no_files "full disk"
# Ctrl-C leaves nothing.
"$aozora" make "A red ball falls." --size 640x360 --seconds 20 --no-progress -o cut.mp4 >out.txt 2>&1 &
pid=$!
sleep 3; kill -INT $pid; wait $pid; code=$?
[ $code -ne 0 ] || { echo "FAIL Ctrl-C: exit 0"; bad=1; }
no_files "Ctrl-C"
"$aozora" make "A red ball falls." --size 640x360 --seconds 20 --no-progress -o cut.mp4 >out.txt 2>&1 &
pid=$!
sleep 3; kill -KILL $pid; wait $pid 2>/dev/null
no_files "kill -9"
exit $bad
