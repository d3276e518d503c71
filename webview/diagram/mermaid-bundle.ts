// The bundle that is loaded with the first diagram: Mermaid, of which the build keeps what sequence diagrams need.
import mermaid from 'mermaid';

export default mermaid;
