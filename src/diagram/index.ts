// The diagram's front door.
export { phaseTitles, type Line } from './line.ts';
export { mermaidOf } from './mermaid.ts';
export { displayName, programs } from './participants.ts';
export { tellStory, type Chapter, type Story, type StoryDepth } from './story.ts';
