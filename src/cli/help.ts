// The texts of --help.

const clusterHelp = `  --cluster FILE|DIR|PRESET  the cluster a run starts from; may be given several times.
                             Objects as "kubectl get nodes,pods,… -o yaml" prints them, or a preset:
                             tutorial, kind, minikube, eks-like, empty.
                             Default: the nearest .applyscope/cluster.yaml, else tutorial.
  --images FILE              what images do (pull time, failure, exit), by image:
                             images: {nginx: {pull: {delay: 4s, error: …}, runs: [{exit: 1}]}}
  -n, --namespace NAME       the namespace of objects that name none (default: default)`;

const main = `applyscope: what will kubectl apply really do? Answered before you run it, by a control plane that isn't there.

Usage:
  applyscope simulate -f FILE|DIR|-   tell the way of the objects to Running, through every component
  applyscope check FILE…|DIR|-        say what will go wrong, on the field that decides it
                                      (both: -k DIR for a kustomization)
  applyscope help COMMAND             more on a command, with examples
  applyscope --version

Nothing is sent anywhere and nothing is downloaded. What is not modelled is reported as unknown.
`;

const simulate = `applyscope simulate: run "kubectl apply" on a simulated cluster and tell what happens.

Usage:
  applyscope simulate -f FILE|DIR|- [options]
  applyscope simulate -k DIR [options]

Options:
  -f, --filename FILE|DIR|-  what to apply; may be given several times; - reads standard input
  -k, --kustomize DIR        apply what is built of a folder with a kustomization
  -R, --recursive            look through folders to their end
${clusterHelp}
  --then COMMAND             then print what this kubectl command would; may be given several times
  --depth story|flow|wire    how much is told: the story, its details, or every request (default story)
  -o, --output FORMAT        text, json, mermaid or markdown (default text)

Examples:
  applyscope simulate -f pod.yaml
  applyscope simulate -f app/ --cluster kind --then "get pods -o wide"
  kubectl get nodes -o yaml > cluster.yaml && applyscope simulate -f pod.yaml --cluster cluster.yaml
  applyscope simulate -f pod.yaml -o mermaid > pod.mmd

Exit code: 0 when the run came to its end, 2 when the command was wrong.
`;

const check = `applyscope check: what will go wrong when these manifests are applied?

Usage:
  applyscope check FILE…|DIR|- [options]
  applyscope check -k DIR [options]

Every file is judged as an apply of its own, on the cluster plus what the other files given declare
except workloads.

Options:
  -k, --kustomize DIR        judge what is built of a folder with a kustomization, as one apply; lines are
                             those of what is built
${clusterHelp}
  --together                 judge all files as one apply, as "kubectl apply -f DIR" would
  --only api                 only what kubectl and kube-apiserver say (fields, values, admission); nothing is
                             scheduled or started. Several times as fast, for a whole repository.
  --strict                   let warnings count
  -o, --output FORMAT        text or json (default text)

Examples:
  applyscope check pod.yaml
  applyscope check . --cluster cluster.yaml --strict
  applyscope check . --only api
  helm template chart | applyscope check -

Exit code: 0 clean or warnings only, 1 errors (with --strict warnings too), 2 the command was wrong.
`;

/** The help of a command, or of the program. */
export function helpText(topic: string): string {
  if (topic === 'simulate') return simulate;
  return topic === 'check' ? check : main;
}
